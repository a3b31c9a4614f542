package dev.lectern.console;

import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Things that happen many at a time, counted by what they are and why, so that a flood makes one entry.
final class Bursts {

    private final Duration longest;
    private final Duration quiet;
    private final Map<DatabaseFailure, Burst> going = new ConcurrentHashMap<>();

    /// @param longest after which a burst is told of, and another begins
    /// @param quiet after how long without another one a burst is over
    Bursts(Duration longest, Duration quiet) {
        this.longest = longest;
        this.quiet = quiet;
    }

    /// Some of the same, from the first to the last of them.
    record Burst(DatabaseFailure cause, long count, Instant first, Instant last) {

        Duration lasted() {
            return Duration.between(first, last);
        }

        private Burst more(Instant now) {
            return new Burst(cause, count + 1, first, now);
        }
    }

    /// Takes a burst that is over.
    @FunctionalInterface
    interface Over {

        void take(Burst burst);
    }

    void count(DatabaseFailure cause, Instant now) {
        going.compute(cause, (_, burst) -> burst == null ? new Burst(cause, 1, now, now) : burst.more(now));
    }

    /// Tells of those that are over at a moment.
    void end(Instant now, Over over) {
        for (Burst burst : List.copyOf(going.values())) {
            boolean ended = !burst.first().plus(longest).isAfter(now)
                    || !burst.last().plus(quiet).isAfter(now);
            // One that has gone on in the meantime is told of the next time.
            if (ended && going.remove(burst.cause(), burst)) {
                over.take(burst);
            }
        }
    }
}
