package dev.lectern.cli.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A rate that all who wait for it keep together, without bursts.
final class Pace {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /// @param perSecond how often at most
    Pace(int perSecond) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /// Waits for the next turn.
    void await() {
        long now = System.nanoTime();
        long turn = next.getAndUpdate(planned -> (planned - now > 0 ? planned : now) + interval);
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
