package dev.lectern.console.action;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes back by itself to how it was, once its time is over. A further order for the same thing sets another time;
/// what it goes back to is how it was before the first.
final class Reversions {

    private static final Logger LOG = LoggerFactory.getLogger(Reversions.class);

    private final ScheduledExecutorService scheduler;
    private final Consumer<String> told;
    private final Map<String, Due> due = new ConcurrentHashMap<>();

    /// @param told is told what has gone back, in a sentence
    Reversions(ScheduledExecutorService scheduler, Consumer<String> told) {
        this.scheduler = scheduler;
        this.told = told;
    }

    private record Due(Supplier<String> back, Future<?> alarm) {}

    /// Has something go back after a time.
    ///
    /// @param back does it, and says so
    void schedule(String thing, Duration after, Supplier<String> back) {
        due.compute(thing, (_, earlier) -> {
            if (earlier != null) {
                earlier.alarm.cancel(false);
            }
            Supplier<String> first = earlier == null ? back : earlier.back;
            return new Due(first, scheduler.schedule(() -> revert(thing), after.toMillis(), TimeUnit.MILLISECONDS));
        });
    }

    /// Leaves it as it is.
    void keep(String thing) {
        Due earlier = due.remove(thing);
        if (earlier != null) {
            earlier.alarm.cancel(false);
        }
    }

    private void revert(String thing) {
        Due now = due.remove(thing);
        if (now == null) {
            return;
        }
        try {
            told.accept(now.back.get());
        } catch (RuntimeException e) {
            LOG.warn("{} did not go back to how it was", thing, e);
        }
    }
}
