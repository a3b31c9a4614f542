package dev.lectern.neon.admission;

import java.time.Duration;

/// The moment after which a result is of no use any more, on the monotonic clock.
public record Deadline(long nanos) {

    /// The deadline of the request that the running thread works for, where whoever began the request has bound one.
    public static final ScopedValue<Deadline> OF_REQUEST = ScopedValue.newInstance();

    /// The moment that is `wait` from this one.
    public static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /// The moment that is `wait` from this one, or the request's deadline where that is nearer.
    public static Deadline within(Duration wait) {
        Deadline own = in(wait);
        return OF_REQUEST.isBound() && OF_REQUEST.get().nanos - own.nanos < 0 ? OF_REQUEST.get() : own;
    }

    /// Whether it has passed.
    public boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /// The time that is left; zero where none is.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }
}
