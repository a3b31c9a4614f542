package dev.lectern.neon.admission;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/// Gives permits to work: never more than there may be connections, so that nobody who has one waits for a
/// connection that others hold; to the most critical first, and among them to each [Requester] in turn; and a refusal
/// at once where waiting would be in vain.
///
/// [PermitQueue] decides; this lets threads wait for what it decides.
public final class Admission {

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofSeconds(10);

    /// So many pieces of work of each class are slow in a process that has just started: their code is yet to
    /// be compiled, their connections are new. Whoever waits for them is served in time all the same, and
    /// would come back to the same crowd if he were refused.
    private static final int FIRSTS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final PermitQueue queue;
    private final Expiry expiry = new Expiry(this::expire);

    /// One with so many permits.
    ///
    /// @param maximum how many permits are out at most
    public Admission(int maximum) {
        this.queue = new PermitQueue(positive(maximum), FIRSTS, System.nanoTime());
    }

    /// Gets a permit for the thread's [Requester], waiting for it where it is to be expected before the deadline.
    ///
    /// @throws DatabaseUnavailableException at once where none is to be expected; later where none came after all
    /// @throws CancellationException where the thread is interrupted
    public Permit acquire(Criticality criticality, Deadline deadline) {
        Thread caller = Thread.currentThread();
        Requester requester = Requester.OF_REQUEST.isBound() ? Requester.OF_REQUEST.get() : null;
        Ticket ticket = new Ticket(criticality, requester, deadline.nanos(), caller);
        if (caller.isInterrupted()) {
            throw interrupted(criticality);
        }
        if (deadline.passed()) {
            throw new DatabaseUnavailableException(new TimedOut(TimedOut.Reason.DEADLINE), SOONEST, null);
        }
        List<Ticket> woken = locked(() -> queue.offer(System.nanoTime(), ticket));
        wake(woken);
        if (ticket.waits()) {
            expiry.attend();
            await(ticket, caller);
        }
        if (ticket.state() != Ticket.State.ADMITTED) {
            throw refusal(ticket);
        }
        return new Permit(this, ticket);
    }

    /// Changes how many permits are out at most, at once. Those that are out beyond it are not replaced when they
    /// come back.
    public void resize(int maximum) {
        positive(maximum);
        wake(locked(() -> queue.resize(System.nanoTime(), maximum)));
    }

    /// Refuses all who wait now.
    public void refuseWaiting() {
        wake(locked(() -> queue.refuseWaiting(System.nanoTime())));
    }

    /// Gives no permit from now on, refuses all who wait, and waits until none is out.
    ///
    /// @return whether all came back before the deadline
    public boolean drain(Deadline deadline) {
        wake(locked(() -> queue.close(System.nanoTime())));
        expiry.end();
        lock.lock();
        try {
            long left = deadline.remaining().toNanos();
            while (queue.out() > 0 && left > 0) {
                left = returned.awaitNanos(left);
            }
            return queue.out() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// How many permits may be out now: the maximum, or less while the database serves as much with fewer.
    public int limit() {
        return read(PermitQueue::limit);
    }

    /// How many permits may be out at most.
    public int maximum() {
        return read(PermitQueue::maximum);
    }

    /// How many permits are out.
    public int inUse() {
        return read(PermitQueue::out);
    }

    /// How many wait for one.
    public int waiting() {
        return read(PermitQueue::waiting);
    }

    void release(Ticket ticket, Permit.Outcome outcome) {
        wake(locked(() -> {
            queue.release(System.nanoTime(), ticket, outcome);
            if (queue.isClosed()) {
                returned.signalAll();
            }
        }));
    }

    private void await(Ticket ticket, Thread caller) {
        while (ticket.waits()) {
            LockSupport.park(this);
            if (caller.isInterrupted()) {
                giveUp(ticket);
                throw interrupted(ticket.criticality());
            }
        }
    }

    private long expire() {
        AtomicLong nearest = new AtomicLong(Expiry.OVER);
        wake(locked(() -> {
            if (!queue.isClosed()) {
                nearest.set(queue.expire(System.nanoTime()));
            }
        }));
        return nearest.get();
    }

    private void giveUp(Ticket ticket) {
        wake(locked(() -> {
            if (ticket.state() == Ticket.State.ADMITTED) {
                queue.release(System.nanoTime(), ticket, Permit.Outcome.IGNORE);
            } else {
                queue.cancel(System.nanoTime(), ticket);
            }
        }));
    }

    /// Does something with the queue, and tells for whom that decided something: they are woken without the lock,
    /// so that they do not run into it.
    private List<Ticket> locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            Ticket first = queue.pollDecided();
            if (first == null) {
                return List.of();
            }
            List<Ticket> decided = new ArrayList<>(List.of(first));
            for (Ticket next = queue.pollDecided(); next != null; next = queue.pollDecided()) {
                decided.add(next);
            }
            return decided;
        } finally {
            lock.unlock();
        }
    }

    private static void wake(List<Ticket> decided) {
        decided.forEach(Ticket::wake);
    }

    private int read(ToIntFunction<PermitQueue> what) {
        lock.lock();
        try {
            return what.applyAsInt(queue);
        } finally {
            lock.unlock();
        }
    }

    private DatabaseUnavailableException refusal(Ticket ticket) {
        boolean closed = read(all -> all.isClosed() ? 1 : 0) == 1;
        DatabaseFailure why = closed ? new Down(Down.Reason.CLOSED) : new Saturated(Saturated.Reason.PERMITS);
        Duration after = closed ? why.response().probe() : retryAfter(Duration.ofNanos(ticket.expected()));
        return new DatabaseUnavailableException(why, after, null);
    }

    /// A client that comes back sooner than in a second meets the same crowd; of more than some seconds nobody knows.
    private static Duration retryAfter(Duration wait) {
        if (wait.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return wait.compareTo(LATEST) > 0 ? LATEST : wait;
    }

    private static CancellationException interrupted(Criticality criticality) {
        return new CancellationException("interrupted while " + criticality + " waited for a permit");
    }

    private static int positive(int maximum) {
        if (maximum < 1) {
            throw new IllegalArgumentException("there must be at least one permit");
        }
        return maximum;
    }
}
