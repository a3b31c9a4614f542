package dev.lectern.neon.internal;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How long the last wakes took, for what is said to whom they take too long.
final class WakeTimes {

    private static final int REMEMBERED = 64;

    /// Neon says of a wake: a few hundred milliseconds, https://neon.com/docs/introduction/scale-to-zero
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final long[] nanos = new long[REMEMBERED];
    private int count;

    synchronized void add(long tookNanos) {
        nanos[count++ % REMEMBERED] = tookNanos;
    }

    /// What nineteen of twenty are expected not to exceed.
    Duration expected() {
        Duration known = quantile(95);
        return known == null ? UNKNOWN : known;
    }

    /// So many of a hundred took no longer; null where there was none.
    synchronized @Nullable Duration quantile(int percent) {
        if (count == 0) {
            return null;
        }
        long[] sorted = Arrays.copyOf(nanos, Math.min(count, REMEMBERED));
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[Math.ceilDiv(sorted.length * percent, 100) - 1]);
    }
}
