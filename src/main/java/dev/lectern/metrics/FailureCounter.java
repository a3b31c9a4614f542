package dev.lectern.metrics;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.failure.DatabaseFailure;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts failures of work by class and reason, of which there are some thirty, and by the work's criticality.
final class FailureCounter {

    private final Counter counter;
    private final Map<Met, CounterDataPoint> points = new ConcurrentHashMap<>();

    private record Met(DatabaseFailure failure, Criticality criticality) {}

    FailureCounter(String name, String help, PrometheusRegistry registry) {
        counter = Counter.builder()
                .name(name)
                .help(help)
                .labelNames("class", "reason", "criticality")
                .register(registry);
    }

    void count(DatabaseFailure failure, Criticality criticality) {
        points.computeIfAbsent(new Met(failure, criticality), this::point).inc();
    }

    private CounterDataPoint point(Met met) {
        String[] slug = met.failure.slug().split("/", 2);
        return counter.labelValues(slug[0], slug[1], met.criticality.name().toLowerCase(Locale.ROOT));
    }
}
