package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;

/// An ordinary day that does not end: what a process keeps must not grow.
public class SoakSimulation extends LoadSimulation {

    {
        run(readers(false)
                .injectClosed(
                        rampConcurrentUsers(1).to(target.users()).during(warmUp()),
                        constantConcurrentUsers(target.users()).during(target.duration())));
        at(share(0.2), "collection", this::weighHeap);
        at(share(0.95), "collection", this::weighHeap);
    }

    private void weighHeap() {
        admin.collectGarbage();
        int inUse = admin.snapshot().path("process").path("heap_used_mb").asInt();
        records.event(System.currentTimeMillis(), "heap " + inUse);
    }
}
