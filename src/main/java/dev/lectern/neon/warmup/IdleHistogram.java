package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/// How often which time passed between two arrivals: 240 bins of a minute, and what is beyond, as in
/// [Serverless in the Wild](https://www.usenix.org/conference/atc20/presentation/shahrad).
public final class IdleHistogram {

    /// What the bins cover.
    public static final Duration RANGE = Duration.ofHours(4);

    private static final int BINS = 240;
    private static final long MINUTE = 60_000;

    private final long[] bins = new long[BINS];
    private long within;
    private long beyond;
    private double squares;

    void add(long millis) {
        if (millis >= BINS * MINUTE) {
            beyond++;
            return;
        }
        int bin = (int) (millis / MINUTE);
        squares += 2 * bins[bin] + 1;
        bins[bin]++;
        within++;
    }

    /// How many idle times there were.
    public long counted() {
        return within + beyond;
    }

    /// How many of them were longer than the bins cover.
    public long beyond() {
        return beyond;
    }

    /// The coefficient of variation of the bins' counts: high where few bins hold most.
    public double variation() {
        double mean = (double) within / BINS;
        return mean == 0 ? 0 : Math.sqrt(Math.max(0, squares / BINS - mean * mean)) / mean;
    }

    /// The end of the bin in which the share of those within the bins is reached.
    public Duration percentile(double share) {
        double rank = share * within;
        long sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += bins[bin];
            if (sum >= rank && sum > 0) {
                return Duration.ofMinutes(bin + 1L);
            }
        }
        return RANGE;
    }

    void write(DataOutput out) throws IOException {
        for (long count : bins) {
            out.writeLong(count);
        }
        out.writeLong(beyond);
    }

    static IdleHistogram read(DataInput in) throws IOException {
        IdleHistogram histogram = new IdleHistogram();
        for (int bin = 0; bin < BINS; bin++) {
            long count = in.readLong();
            histogram.bins[bin] = count;
            histogram.within += count;
            histogram.squares += (double) count * count;
        }
        histogram.beyond = in.readLong();
        return histogram;
    }
}
