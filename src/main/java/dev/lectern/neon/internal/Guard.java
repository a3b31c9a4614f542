package dev.lectern.neon.internal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lock with the one condition that something under it has changed.
final class Guard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Does something under the lock.
    void run(Runnable change) {
        get(() -> {
            change.run();
            return null;
        });
    }

    /// Finds something out under the lock.
    <T extends @Nullable Object> T get(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /// Wakes all who wait. Only under the lock.
    void tell() {
        changed.signalAll();
    }

    /// What is waited for under the lock.
    Condition changed() {
        return changed;
    }
}
