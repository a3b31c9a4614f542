package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

/// The hour before the exam: four times as many readers as on an ordinary day. Nobody is refused.
public class PeakSimulation extends LoadSimulation {

    {
        run(readers(false)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(target.duration())));
    }
}
