package dev.lectern.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A ticker that moves when the test says so.
final class SteppedTicker implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void step(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
