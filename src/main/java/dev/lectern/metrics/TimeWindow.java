package dev.lectern.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/// How long something took lately: a histogram for each slot of a sliding window, exact to one part in a hundred.
final class TimeWindow {

    /// In microseconds: from ten to ten minutes, which is longer than an answer may take.
    private static final long LEAST = 10;

    private static final long MOST = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 2;

    private final SlidingWindow<AtomicHistogram> window;

    TimeWindow(Duration length, int slots, LongSupplier age) {
        window = new SlidingWindow<>(
                length, slots, age, () -> new AtomicHistogram(LEAST, MOST, DIGITS), AtomicHistogram::reset);
    }

    void record(Duration took) {
        window.current().recordValue(Math.clamp(took.toNanos() / 1000, 1, MOST));
    }

    /// The whole window as one.
    Distribution distribution() {
        Histogram sum = new Histogram(LEAST, MOST, DIGITS);
        window.recent().forEach(sum::add);
        return new Distribution(sum);
    }
}
