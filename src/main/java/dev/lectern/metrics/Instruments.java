package dev.lectern.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;

/// How counters and histograms of times are made here.
final class Instruments {

    /// Of a round trip within a region up to Neon's slow wakes, in seconds.
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10, 30};

    private Instruments() {}

    static Counter counter(String name, String help, PrometheusRegistry registry) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    /// @param name without the unit, which becomes its end
    static Histogram.Builder seconds(String name, String help) {
        return seconds(name, help, SECONDS);
    }

    static Histogram.Builder seconds(String name, String help, double... bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(bounds);
    }

    static double seconds(Duration duration) {
        return Unit.nanosToSeconds(duration.toNanos());
    }
}
