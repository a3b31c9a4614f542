package dev.lectern.neon.admission;

import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Gives permits to work, in the order of its coming: as many as there may be connections, so that nobody who has
/// one waits for a connection that others hold.
public final class Admission {

    private volatile int limit;
    private final Resizable permits;

    public Admission(int limit) {
        this.limit = limit;
        this.permits = new Resizable(limit);
    }

    /// Waits for a permit.
    ///
    /// @return empty where none was free before the deadline, at once where that has passed already
    /// @throws CancellationException where the thread is interrupted
    public Permit acquire(Criticality criticality, Deadline deadline) {
        long wait = deadline.remaining().toNanos();
        try {
            if (wait > 0 && permits.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                return new Permit(permits::release);
            }
            Saturated full = new Saturated(Saturated.Reason.PERMITS);
            throw new DatabaseUnavailableException(full, full.response().probe(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while " + criticality + " waited for a permit");
        }
    }

    /// Waits until no permit is out, and gives none from then on.
    ///
    /// @return whether all came back before the deadline
    public boolean drain(Deadline deadline) {
        try {
            return permits.tryAcquire(limit, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public synchronized void resize(int to) {
        int by = to - limit;
        limit = to;
        if (by > 0) {
            permits.release(by);
        } else {
            permits.reduce(-by);
        }
    }

    private static final class Resizable extends Semaphore {
        private static final long serialVersionUID = 1L;

        Resizable(int limit) {
            super(limit, true);
        }

        void reduce(int by) {
            reducePermits(by);
        }
    }

    /// How many permits there are.
    public int limit() {
        return limit;
    }

    /// How many permits are out.
    public int inUse() {
        return limit - permits.availablePermits();
    }

    /// How many wait for one.
    public int waiting() {
        return permits.getQueueLength();
    }
}
