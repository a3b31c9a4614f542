package dev.lectern.neon.admission;

import java.time.Duration;

/// The moment after which a result is of no use any more, on the monotonic clock.
public record Deadline(long nanos) {

    /// The moment that is `wait` from this one.
    public static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /// The time that is left; zero where none is.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }
}
