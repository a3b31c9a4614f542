package dev.lectern.console.action;

import dev.lectern.neon.NeonDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Keeps this process away from the database for a while.
record Pause(NeonDatabase neon, InstantSource clock) implements Action {

    private static final int MOST_SECONDS = 600;

    @Override
    public String name() {
        return "pause";
    }

    @Override
    public Step prepare(Fields fields) {
        int seconds = fields.number("seconds", 1, MOST_SECONDS);
        fields.end();
        Duration time = Duration.ofSeconds(seconds);
        Instant until = clock.instant().plus(time);
        Outcome outcome = new Outcome(
                "For " + seconds
                        + " s all work on the database is refused, and no connection is made; work that has one"
                        + " ends in peace. Books, search and answers go on, unsaved.",
                until,
                new Outcome.Undo(Resume.NAME, Map.of()));
        return new Step(outcome, () -> {
            neon.pause(time);
            return outcome;
        });
    }
}
