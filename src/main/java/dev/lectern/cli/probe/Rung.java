package dev.lectern.cli.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// One step of a load test: what so many connections at once got done.
///
/// @param took how long the step was
/// @param times of the round trips, in nanoseconds
/// @param errors how many, by their class
/// @param capped whether the rate that was allowed held it back
record Rung(int connections, Duration took, Histogram times, Map<String, Integer> errors, boolean capped) {

    static final String HEADER = String.format(
            "  %11s  %10s  %8s  %8s  %8s  %8s  %s", "connections", "per second", "p50", "p95", "p99", "max", "errors");

    private static final double NANOS = 1e9;

    double perSecond() {
        return times.getTotalCount() / Math.max(1e-3, took.toNanos() / NANOS);
    }

    Duration percentile(double percent) {
        return Duration.ofNanos(times.getValueAtPercentile(percent));
    }

    String line() {
        String failed = errors.isEmpty()
                ? "none"
                : errors.entrySet().stream()
                        .map(error -> error.getKey() + " " + error.getValue())
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "  %11d  %,10.0f  %8s  %8s  %8s  %8s  %s",
                connections,
                perSecond(),
                Figures.time(percentile(50)),
                Figures.time(percentile(95)),
                Figures.time(percentile(99)),
                Figures.time(Duration.ofNanos(times.getMaxValue())),
                capped ? failed + " (at the rate allowed)" : failed);
    }

    Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("connections", connections);
        all.put("seconds", Figures.millis(took) / 1000);
        all.put("round_trips", times.getTotalCount());
        all.put("per_second", Math.round(perSecond() * 10) / 10.0);
        all.put("p50_ms", Figures.millis(percentile(50)));
        all.put("p95_ms", Figures.millis(percentile(95)));
        all.put("p99_ms", Figures.millis(percentile(99)));
        all.put("max_ms", Figures.millis(Duration.ofNanos(times.getMaxValue())));
        all.put("errors", errors);
        all.put("capped", capped);
        return all;
    }
}
