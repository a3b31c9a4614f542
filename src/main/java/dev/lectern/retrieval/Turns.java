package dev.lectern.retrieval;

import dev.lectern.neon.admission.Requester;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets only so many do something at once. The others wait, and each [Requester] has his turn: whoever asks for much
/// waits for himself. Those who are nobody's take turns as they come.
final class Turns {

    private static final Duration ALWAYS = Duration.ofNanos(Long.MAX_VALUE);

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<Object, Deque<Waiter>> waiting = new LinkedHashMap<>();
    private int free;

    /// @param atOnce how many have a turn at the same time
    Turns(int atOnce) {
        this.free = atOnce;
    }

    /// Does something in its turn.
    ///
    /// @throws CancellationException where the thread is interrupted before
    <T> T take(Supplier<T> work) {
        return within(ALWAYS, work).orElseThrow();
    }

    /// Does something in its turn; empty where that did not come in time.
    ///
    /// @throws CancellationException where the thread is interrupted before
    <T> Optional<T> within(Duration patience, Supplier<T> work) {
        try {
            if (!begin(patience.toNanos())) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a turn");
        }
        try {
            return Optional.of(work.get());
        } finally {
            end();
        }
    }

    private boolean begin(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            return await(new Waiter(requester(), lock.newCondition()), nanos);
        } finally {
            lock.unlock();
        }
    }

    /// The turn goes on to whoever has waited for it, if anybody has.
    private void end() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                free++;
                return;
            }
            Waiter next = waiting.firstEntry().getValue().getFirst();
            leave(next);
            Deque<Waiter> others = waiting.remove(next.requester);
            if (others != null) {
                waiting.putLast(next.requester, others);
            }
            next.hasTurn = true;
            next.woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /// How many wait.
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Waiter waiter, long nanos) throws InterruptedException {
        waiting.computeIfAbsent(waiter.requester, _ -> new ArrayDeque<>(1)).addLast(waiter);
        long left = nanos;
        try {
            while (!waiter.hasTurn && left > 0) {
                left = waiter.woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (waiter.hasTurn) {
                end();
            }
            throw e;
        } finally {
            leave(waiter);
        }
        return waiter.hasTurn;
    }

    private void leave(Waiter waiter) {
        waiting.computeIfPresent(waiter.requester, (_, own) -> own.remove(waiter) && own.isEmpty() ? null : own);
    }

    private static Object requester() {
        return Requester.OF_REQUEST.isBound() ? Requester.OF_REQUEST.get() : new Object();
    }

    private static final class Waiter {

        private final Object requester;
        private final Condition woken;
        private boolean hasTurn;

        Waiter(Object requester, Condition woken) {
            this.requester = requester;
            this.woken = woken;
        }
    }
}
