package dev.lectern.metrics;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.UniformSnapshot;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// The latest of what a timer timed. Safe for many threads, which never wait for each other: each request comes by.
final class LatestTimes implements Reservoir {

    private static final long NONE = -1;

    private final AtomicLongArray times;
    private final AtomicLong next = new AtomicLong();

    /// @param kept how many
    LatestTimes(int kept) {
        long[] none = new long[kept];
        Arrays.fill(none, NONE);
        times = new AtomicLongArray(none);
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
        long[] copy = IntStream.range(0, times.length())
                .mapToLong(times::getAcquire)
                .filter(time -> time != NONE)
                .toArray();
        return new UniformSnapshot(copy);
    }
}
