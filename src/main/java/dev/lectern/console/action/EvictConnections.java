package dev.lectern.console.action;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.Evicted;
import dev.lectern.neon.monitor.NeonSnapshot;

/// Ends all connections softly, so that others are made: after a change at the server that only a new session sees.
record EvictConnections(NeonDatabase neon) implements Action {

    @Override
    public String name() {
        return "evict-connections";
    }

    @Override
    public Step prepare(Fields fields) {
        fields.end();
        NeonSnapshot now = neon.snapshot();
        return new Step(
                Outcome.of("Ends " + now.idle() + " unused connections now and " + now.active()
                        + " as the work that has them gives them back; others are made as work comes."),
                () -> {
                    Evicted evicted = neon.evict();
                    return Outcome.of(evicted.idle() + " unused connections end, and " + evicted.inUse()
                            + " when the work that has them gives them back.");
                });
    }
}
