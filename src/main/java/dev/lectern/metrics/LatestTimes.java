package dev.lectern.metrics;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.UniformSnapshot;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The latest of what a timer timed. Safe for many threads, which never wait for each other: each request comes by.
final class LatestTimes implements Reservoir {

    private final AtomicLongArray times;
    private final AtomicLong next = new AtomicLong();

    /// @param kept how many
    LatestTimes(int kept) {
        times = new AtomicLongArray(kept);
    }

    @Override
    public int size() {
        return (int) Math.min(next.get(), times.length());
    }

    @Override
    public void update(long time) {
        times.setRelease((int) (next.getAndIncrement() % times.length()), time);
    }

    @Override
    public Snapshot getSnapshot() {
        long[] copy = new long[size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = times.getAcquire(i);
        }
        return new UniformSnapshot(copy);
    }
}
