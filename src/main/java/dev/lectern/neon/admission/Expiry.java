package dev.lectern.neon.admission;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Has waits end whose deadline has passed: one thread for all who wait.
///
/// Each could park with a time limit of its own. But a virtual thread that does so has a timer set and canceled
/// again by a thread that is woken for it.
///
/// While nobody waits it rests.
final class Expiry {

    /// Nobody will wait any more.
    static final long OVER = -1;

    /// Nobody waits.
    static final long NONE = 0;

    /// Who comes meanwhile may have a nearer deadline.
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongSupplier round;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean resting;

    /// @param round ends what is late, and tells how many nanoseconds the nearest deadline of those who still wait is
    ///     away, or [#NONE] or [#OVER]
    Expiry(LongSupplier round) {
        this.round = round;
        // A thread of the platform: it has to come when all carriers of virtual threads are busy.
        this.thread = Thread.ofPlatform().daemon().name("neon-expiry").unstarted(this::makeRounds);
    }

    /// Somebody waits.
    void attend() {
        if (begun.compareAndSet(false, true)) {
            thread.start();
        } else if (resting) {
            LockSupport.unpark(thread);
        }
    }

    /// Nobody will wait any more: the next round says so.
    void end() {
        if (begun.get()) {
            LockSupport.unpark(thread);
        }
    }

    private void makeRounds() {
        for (long pause = round.getAsLong(); pause != OVER; pause = round.getAsLong()) {
            if (pause == NONE) {
                rest();
            } else {
                LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE));
            }
        }
    }

    private void rest() {
        resting = true;
        // Whoever came before the flag was seen has not woken this thread.
        if (round.getAsLong() == NONE) {
            LockSupport.park();
        }
        resting = false;
    }
}
