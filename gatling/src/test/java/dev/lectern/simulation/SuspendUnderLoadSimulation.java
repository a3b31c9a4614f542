package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

import java.time.Duration;

/// The compute is suspended again and again in the midst of readers, with all connections lost each time.
public class SuspendUnderLoadSimulation extends LoadSimulation {

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration FIRST = Duration.ofSeconds(10);

    {
        run(readers(true)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(target.duration())));
        for (Duration time = FIRST; time.compareTo(target.duration()) < 0; time = time.plus(EVERY)) {
            at(time, "suspend", admin::suspend);
        }
    }
}
