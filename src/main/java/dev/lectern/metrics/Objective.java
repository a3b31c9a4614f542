package dev.lectern.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What readers are promised: nineteen of twenty requests are answered within 200 ms, but for what a language model
/// takes. And how fast the twentieth is used up: a burn rate of 1 uses up just what there is
/// (https://sre.google/workbook/alerting-on-slos/).
final class Objective {

    static final Duration TARGET = Duration.ofMillis(200);

    private static final double ALLOWED = 0.05;

    private final SlidingWindow<Counts> fiveMinutes;
    private final SlidingWindow<Counts> hour;

    Objective(LongSupplier age) {
        fiveMinutes = new SlidingWindow<>(Duration.ofMinutes(5), 30, age, Counts::new);
        hour = new SlidingWindow<>(Duration.ofHours(1), 60, age, Counts::new);
    }

    private record Counts(LongAdder all, LongAdder missed) {

        Counts() {
            this(new LongAdder(), new LongAdder());
        }

        void count(boolean met) {
            all.increment();
            if (!met) {
                missed.increment();
            }
        }
    }

    /// Whether the request was answered in time.
    static boolean met(FinishedRequest request) {
        return !request.failed() && !request.refused() && request.own().compareTo(TARGET) <= 0;
    }

    void count(boolean met) {
        fiveMinutes.current().count(met);
        hour.current().count(met);
    }

    /// Of five minutes; null where there was no request.
    @Nullable
    Double burnRate5m() {
        return burnRate(fiveMinutes);
    }

    /// Of an hour; null where there was no request.
    @Nullable
    Double burnRate1h() {
        return burnRate(hour);
    }

    private static @Nullable Double burnRate(SlidingWindow<Counts> window) {
        long all = 0;
        long missed = 0;
        for (Counts each : window.recent()) {
            all += each.all.sum();
            missed += each.missed.sum();
        }
        return all == 0 ? null : Math.round(100.0 * missed / all / ALLOWED) / 100.0;
    }
}
