package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

import java.time.Duration;

/// The database goes away for a while, in the midst of readers.
public class OutageSimulation extends LoadSimulation {

    {
        run(readers(true)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(target.duration())));
        Duration begin = target.duration().minus(target.outage()).dividedBy(2);
        at(begin, "outage", () -> admin.outage(target.outage()));
        at(begin.plus(target.outage()), "outage over", () -> {});
    }
}
