package dev.lectern.retrieval;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is loaded when it is first wanted. A load that failed is repeated by a later call, but not at once:
/// until then everybody hears of the same failure.
final class LoadedOnce<T> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedOnce.class);

    /// How long a failure stands: what it needs, such as room on a disk, takes somebody's hand.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Callable<T> loader;
    private final LongSupplier nanoTime;
    private final ReentrantLock loading = new ReentrantLock();

    private volatile @Nullable T loaded;
    private volatile @Nullable Failure failure;
    private volatile boolean closed;

    private record Failure(Exception cause, long at) {}

    LoadedOnce(Callable<T> loader, LongSupplier nanoTime) {
        this.loader = loader;
        this.nanoTime = nanoTime;
    }

    /// What is loaded, which is waited for.
    ///
    /// @throws IllegalStateException where it cannot be had
    T get() throws InterruptedException {
        T present = loaded;
        if (present == null) {
            loading.lockInterruptibly();
            present = loadedUnderLock();
        }
        if (present == null) {
            throw new IllegalStateException(
                    "The embedding model cannot be loaded", failure().orElse(null));
        }
        return present;
    }

    /// What is loaded; empty where it cannot be had, or others are still loading it after that time.
    Optional<T> within(Duration patience) throws InterruptedException {
        T present = loaded;
        if (present == null && loading.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            present = loadedUnderLock();
        }
        return Optional.ofNullable(present);
    }

    /// Why the last attempt failed; empty where there was none, or it went well.
    Optional<Exception> failure() {
        Failure last = failure;
        return last == null ? Optional.empty() : Optional.of(last.cause());
    }

    /// Loads nothing from now on.
    ///
    /// @return what was loaded, for the caller to free; empty at the second call
    Optional<T> close() {
        loading.lock();
        try {
            Optional<T> last = Optional.ofNullable(loaded);
            closed = true;
            loaded = null;
            return last;
        } finally {
            loading.unlock();
        }
    }

    /// Gives the lock back, which the caller has taken.
    private @Nullable T loadedUnderLock() {
        try {
            if (loaded == null && !closed && mayTry()) {
                load();
            }
            return loaded;
        } finally {
            loading.unlock();
        }
    }

    private boolean mayTry() {
        Failure last = failure;
        return last == null || nanoTime.getAsLong() - last.at() >= PAUSE.toNanos();
    }

    private void load() {
        try {
            loaded = loader.call();
            failure = null;
        } catch (Exception | LinkageError e) {
            failure = new Failure(e instanceof Exception x ? x : new IllegalStateException(e), nanoTime.getAsLong());
            LOG.warn("The embedding model cannot be loaded; searches go by words alone: {}", e.toString());
        }
    }
}
