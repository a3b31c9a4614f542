package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

/// An ordinary day: the readers come one by one and stay as many as they are. Nobody is refused.
public class SteadySimulation extends LoadSimulation {

    {
        run(readers(false)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(target.duration())));
    }
}
