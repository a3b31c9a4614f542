package dev.lectern.metrics;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/// How times were distributed, in milliseconds.
///
/// @param micros the times in microseconds
record Distribution(Histogram micros) {

    private static final double[] BOUNDS = {1, 2.5, 5, 10, 25, 50, 100, 200, 500, 1000, 2500, 5000, 10_000};

    long count() {
        return micros.getTotalCount();
    }

    /// The time that so many of a hundred did not exceed, such as 95.
    ///
    /// @return null where nothing was recorded
    @Nullable
    Double percentile(double percent) {
        return count() == 0 ? null : millis(micros.getValueAtPercentile(percent));
    }

    @Nullable
    Double maximum() {
        return count() == 0 ? null : millis(micros.getMaxValue());
    }

    TimeReport report() {
        return new TimeReport(count(), percentile(50), percentile(95), percentile(99), maximum(), buckets());
    }

    private List<TimeReport.Bucket> buckets() {
        long[] counts = new long[BOUNDS.length + 1];
        for (HistogramIterationValue value : micros.recordedValues()) {
            counts[bucket(millis(micros.lowestEquivalentValue(value.getValueIteratedTo())))] +=
                    value.getCountAddedInThisIterationStep();
        }
        List<TimeReport.Bucket> buckets = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            buckets.add(new TimeReport.Bucket(i < BOUNDS.length ? BOUNDS[i] : null, counts[i]));
        }
        return buckets;
    }

    private static int bucket(double millis) {
        int i = 0;
        while (i < BOUNDS.length && millis > BOUNDS[i]) {
            i++;
        }
        return i;
    }

    private static double millis(long micros) {
        return Math.round(micros / 10.0) / 100.0;
    }
}
