package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When the pool may make one more connection beside those that it has. A failure to do so does not touch the
/// others.
final class Growth {

    /// For how long a failed attempt says something about the next.
    private static final long RECENT = TimeUnit.SECONDS.toNanos(5);

    private static final long MOMENTS = TimeUnit.MILLISECONDS.toNanos(10);

    private int failures;
    private long next = System.nanoTime();
    private @Nullable DatabaseFailure last;
    private long lastUntil;

    synchronized void failed(DatabaseFailure failure) {
        long now = System.nanoTime();
        next = now + Outage.pause(failure, ++failures);
        last = failure;
        lastUntil = now + RECENT;
    }

    /// A connection has ended: whether the others do is seen within moments, and then it is for one flight to make
    /// another.
    synchronized void hold() {
        long until = System.nanoTime() + MOMENTS;
        if (until - next > 0) {
            next = until;
        }
    }

    synchronized void succeeded() {
        failures = 0;
        next = System.nanoTime();
        last = null;
    }

    /// For how long none may be made; not positive where one may.
    synchronized long untilNextNanos() {
        return next - System.nanoTime();
    }

    /// Why none could be made lately.
    synchronized Optional<DatabaseFailure> failure() {
        return System.nanoTime() - lastUntil < 0 ? Optional.ofNullable(last) : Optional.empty();
    }

    /// Why there is no room for another connection, where there is none.
    Optional<Saturated> full() {
        return failure().filter(Saturated.class::isInstance).map(Saturated.class::cast);
    }
}
