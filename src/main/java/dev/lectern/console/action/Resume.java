package dev.lectern.console.action;

import dev.lectern.neon.NeonDatabase;

/// Ends a pause.
record Resume(NeonDatabase neon) implements Action {

    static final String NAME = "resume";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step prepare(Fields fields) {
        fields.end();
        boolean paused = neon.snapshot().pausedUntil() != null;
        Outcome outcome = Outcome.of(paused ? "The database is used again." : "There is no pause to end.");
        return new Step(outcome, () -> {
            neon.resume();
            return outcome;
        });
    }
}
