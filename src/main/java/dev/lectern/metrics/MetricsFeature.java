package dev.lectern.metrics;

import com.codahale.metrics.MetricFilter;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Measures connections and requests, and shows them at `/metrics` on the admin port.
public final class MetricsFeature {

    /// Of Dropwizard's own, what has no better name here and no strange one there. JSON has them all.
    private static final MetricFilter OTHERS =
            (name, metric) -> Stream.of("jvm.", "warmup.", "neon.api.").anyMatch(name::startsWith);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ConnectionMetrics connections = new ConnectionMetrics(registry);

    /// What the connection layer has to tell of itself.
    public NeonListener listener() {
        return connections;
    }

    /// Puts them into an application.
    ///
    /// @param snapshots of the connection layer
    public void register(Environment environment, Supplier<NeonSnapshot> snapshots) {
        new PoolGauges(snapshots).register(registry);
        environment.jersey().register(new RequestMetrics(registry));
        DropwizardExports.builder()
                .dropwizardRegistry(environment.metrics())
                .metricFilter(OTHERS)
                .register(registry);
        MetricsServlet servlet = new MetricsServlet(
                new PrometheusMetricsServlet(registry),
                new io.dropwizard.metrics.servlets.MetricsServlet(environment.metrics()));
        environment.admin().addServlet("prometheus", servlet).addMapping("/metrics");
    }
}
