package dev.lectern.metrics;

import dev.lectern.neon.capacity.TimeDistribution.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// How long something took, in a kilobyte: counts of buckets each of which is 6 % longer than the one before, so that
/// every time is right to three parts in a hundred, and sketches can be added (DDSketch,
/// https://www.vldb.org/pvldb/vol12/p2195-masson.pdf). Safe for many threads.
final class TimeSketch {

    private static final double GROWTH = Math.log(1.06);
    private static final double LEAST_NANOS = 10_000;

    /// Up to a minute; what is longer counts as that.
    private static final int BUCKETS = 268;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    void record(Duration took) {
        counts.incrementAndGet(bucket(took.toNanos()));
    }

    /// The sum of some sketches, in ascending order.
    static List<Part> sum(List<TimeSketch> sketches) {
        List<Part> parts = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            long count = 0;
            for (TimeSketch each : sketches) {
                count += each.counts.get(bucket);
            }
            if (count > 0) {
                parts.add(new Part(middle(bucket), count));
            }
        }
        return parts;
    }

    private static int bucket(long nanos) {
        return Math.clamp((long) Math.ceil(Math.log(Math.max(1, nanos) / LEAST_NANOS) / GROWTH), 0, BUCKETS - 1);
    }

    private static Duration middle(int bucket) {
        return Duration.ofNanos(Math.round(LEAST_NANOS * Math.exp((bucket - 0.5) * GROWTH)));
    }
}
