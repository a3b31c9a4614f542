package dev.lectern.console.action;

import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import dev.lectern.problem.ProblemException;
import java.time.Duration;

/// Wakes the database, or keeps it awake, whatever the policy says.
record WarmUpNow(WarmupTask task, WarmupMonitor monitor) implements Action {

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public Step prepare(Fields fields) {
        fields.end();
        Duration suspend = monitor.warmup().terms().suspend();
        return new Step(
                Outcome.of("Sends one statement, which wakes the database where it sleeps; it is awake for "
                        + suspend.toSeconds() + " s then, which is paid for."),
                this::touch);
    }

    private Outcome touch() {
        try {
            task.touchNow();
            return Outcome.of("The database is awake.");
        } catch (DatabaseUnavailableException e) {
            throw ProblemException.conflict(
                    "database-unavailable",
                    "The database cannot be had",
                    "It was not woken: " + e.failure().message() + ".",
                    e.retryAfter());
        }
    }
}
