package dev.lectern.retrieval;

import dev.lectern.neon.admission.Requester;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Computes only so much at once, on threads of the platform: a virtual one that computes for milliseconds keeps a
/// carrier from all others for as long, and each processor has one (`docs/adr/0023`). The rest waits, and each
/// [Requester] has his turn: whoever asks for much waits for himself. Those who are nobody's take turns as they come.
final class Turns {

    private static final Duration ALWAYS = Duration.ofNanos(Long.MAX_VALUE);

    /// After how long a thread ends that has nothing to do.
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<Object, Deque<Turn<?>>> waiting = new LinkedHashMap<>();
    private final Executor threads;
    private int free;

    /// @param name what the threads are called
    /// @param atOnce how many have a turn at the same time
    Turns(String name, int atOnce) {
        this.threads = threads(name, atOnce);
        this.free = atOnce;
    }

    private static Executor threads(String name, int atOnce) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Computes something in its turn.
    ///
    /// @throws CancellationException where the calling thread is interrupted meanwhile
    <T> T take(Supplier<T> work) {
        return within(ALWAYS, work).orElseThrow();
    }

    /// Computes something in its turn; empty where that did not come in time.
    ///
    /// @throws CancellationException where the calling thread is interrupted meanwhile
    <T> Optional<T> within(Duration patience, Supplier<T> work) {
        Turn<T> turn = new Turn<>(requester(), work);
        enter(turn);
        try {
            return result(turn, patience);
        } catch (InterruptedException e) {
            leave(turn); // what has begun is computed to its end
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a turn, or in it");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private <T> Optional<T> result(Turn<T> turn, Duration patience) throws InterruptedException, ExecutionException {
        try {
            return Optional.of(turn.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return leave(turn) ? Optional.empty() : Optional.of(turn.get());
        }
    }

    private void enter(Turn<?> turn) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                threads.execute(turn);
            } else {
                waiting.computeIfAbsent(turn.requester, _ -> new ArrayDeque<>(1))
                        .addLast(turn);
            }
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
            Turn<?> next = waiting.firstEntry().getValue().getFirst();
            leave(next);
            Deque<Turn<?>> others = waiting.remove(next.requester);
            if (others != null) {
                waiting.putLast(next.requester, others);
            }
            threads.execute(next);
        } finally {
            lock.unlock();
        }
    }

    /// @return whether it was waiting
    private boolean leave(Turn<?> turn) {
        lock.lock();
        try {
            Deque<Turn<?>> own = waiting.getOrDefault(turn.requester, new ArrayDeque<>(0));
            boolean waited = own.remove(turn);
            if (waited && own.isEmpty()) {
                waiting.remove(turn.requester);
            }
            return waited;
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

    private static Object requester() {
        return Requester.OF_REQUEST.isBound() ? Requester.OF_REQUEST.get() : new Object();
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case Error e -> throw e;
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException(cause);
        };
    }

    private final class Turn<T> extends FutureTask<T> {

        private final Object requester;

        Turn(Object requester, Supplier<T> work) {
            super(() -> {
                try {
                    return work.get();
                } finally {
                    end(); // before anybody knows the result, and may want a turn again
                }
            });
            this.requester = requester;
        }
    }
}
