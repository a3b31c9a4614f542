package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;

import java.time.Duration;

/// The process has just started, the database sleeps, and all readers come at once.
public class ColdStartSimulation extends LoadSimulation {

    {
        run(readers(true).injectClosed(constantConcurrentUsers(target.users()).during(target.duration())));
    }

    @Override
    Duration warmUp() {
        return Duration.ZERO;
    }

    @Override
    void prepare() {
        admin.suspend();
    }
}
