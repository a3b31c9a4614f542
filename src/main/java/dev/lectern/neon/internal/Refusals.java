package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What work is told that gets no connection, and when it is worth its while to come back.
record Refusals(Growth growth, WakeTimes wakes) {

    private static final Duration SOONEST = Duration.ofSeconds(1);

    /// @param outage the present one; null where the database is there, and only no connection is
    DatabaseUnavailableException of(boolean closed, @Nullable Outage outage) {
        DatabaseFailure why = why(closed, outage);
        return new DatabaseUnavailableException(why, retryAfter(why, outage), null);
    }

    private DatabaseFailure why(boolean closed, @Nullable Outage outage) {
        if (closed) {
            return new Down(Down.Reason.CLOSED);
        }
        return outage == null
                ? growth.failure().orElseGet(() -> new Saturated(Saturated.Reason.PERMITS))
                : outage.told();
    }

    /// A wake takes as long as wakes do; of what is down nothing is known before the next attempt.
    private Duration retryAfter(DatabaseFailure why, @Nullable Outage outage) {
        if (why instanceof Waking) {
            return wakes.expected();
        }
        if (outage == null) {
            return why.response().probe();
        }
        Duration next = Duration.ofNanos(outage.next() - System.nanoTime());
        return next.compareTo(SOONEST) > 0 ? next : SOONEST;
    }
}
