package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

/// A class opens the book at the same moment: five times the readers at once, for a third of the time.
public class SpikeSimulation extends LoadSimulation {

    private static final int TIMES = 5;

    {
        run(readers(true)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(share(1.0 / 3)),
                        constantConcurrentUsers(TIMES * target.users()).during(share(1.0 / 3)),
                        constantConcurrentUsers(target.users()).during(share(1.0 / 3))));
        at(share(1.0 / 3), "spike", () -> {});
        at(share(2.0 / 3), "spike over", () -> {});
    }
}
