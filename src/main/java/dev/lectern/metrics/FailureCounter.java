package dev.lectern.metrics;

import dev.lectern.neon.failure.DatabaseFailure;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts failures by class and reason, of which there are some thirty.
final class FailureCounter {

    private final Counter counter;
    private final Map<DatabaseFailure, CounterDataPoint> points = new ConcurrentHashMap<>();

    FailureCounter(String name, String help, PrometheusRegistry registry) {
        counter = Counter.builder()
                .name(name)
                .help(help)
                .labelNames("class", "reason")
                .register(registry);
    }

    void count(DatabaseFailure failure) {
        points.computeIfAbsent(failure, this::point).inc();
    }

    private CounterDataPoint point(DatabaseFailure failure) {
        String[] slug = failure.slug().split("/", 2);
        return counter.labelValues(slug[0], slug[1]);
    }
}
