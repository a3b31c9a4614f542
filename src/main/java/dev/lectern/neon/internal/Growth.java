package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When the pool may make one more connection beside those that it has. A failure to do so does not touch the
/// others.
final class Growth {

    /// For how long a server is thought to be full after it last turned an attempt away.
    private static final long SATURATION = TimeUnit.SECONDS.toNanos(5);

    private int failures;
    private long next = System.nanoTime();
    private @Nullable Saturated full;
    private long fullUntil;

    synchronized void failed(DatabaseFailure failure) {
        long now = System.nanoTime();
        next = now + Outage.pause(failure, ++failures);
        if (failure instanceof Saturated saturated) {
            full = saturated;
            fullUntil = now + SATURATION;
        }
    }

    synchronized void succeeded() {
        failures = 0;
        next = System.nanoTime();
        full = null;
    }

    /// For how long none may be made; not positive where one may.
    synchronized long untilNextNanos() {
        return next - System.nanoTime();
    }

    /// Why there is no room for another connection, where there is none.
    synchronized Optional<Saturated> full() {
        return System.nanoTime() - fullUntil < 0 ? Optional.ofNullable(full) : Optional.empty();
    }
}
