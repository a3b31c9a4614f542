package dev.lectern.metrics;

import com.codahale.metrics.MetricFilter;
import dev.lectern.answer.AnswerListener;
import dev.lectern.limits.LimitListener;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.DispatcherType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures connections, requests and answers: shows them at `/metrics` on the admin port, keeps what the last minute
/// was like, and writes a line of the log for each request.
public final class MetricsFeature {

    /// Of Dropwizard's own, what has no better name here and no strange one there. JSON has them all.
    private static final MetricFilter OTHERS =
            (name, metric) -> Stream.of("jvm.", "warmup.", "neon.api.").anyMatch(name::startsWith);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ConnectionMetrics connections = new ConnectionMetrics(registry);
    private final AnswerMetrics answers = new AnswerMetrics(registry);
    private final LimitMetrics limits = new LimitMetrics(registry);
    private final ConnectionTimes times;
    private final DemandHistory demand;
    private final RouteWindows windows;
    private final Set<Thread> requestThreads = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private final LongSupplier age;

    /// @param nanoTime as [System#nanoTime()]
    public MetricsFeature(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long start = nanoTime.getAsLong();
        this.age = () -> nanoTime.getAsLong() - start;
        this.times = new ConnectionTimes(age);
        this.demand = new DemandHistory(age);
        this.windows = new RouteWindows(age);
    }

    /// What the connection layer has to tell of itself.
    public NeonListener listener() {
        return NeonListener.all(connections, times, demand);
    }

    /// What there is to tell of answers.
    public AnswerListener answers() {
        return answers;
    }

    /// What there is to tell of limits.
    public LimitListener limits() {
        return limits;
    }

    /// The last minute of each route.
    public RoutesReport routes() {
        return windows.routes();
    }

    /// The last minute of all readers.
    public ReadersReport readers() {
        return windows.readers();
    }

    /// The last minute of the connection layer's times.
    public TimesReport times() {
        return times.report();
    }

    /// The busiest minute of the last hour; null where no work was done.
    public @Nullable BusiestMinute busiestMinute() {
        return demand.busiest();
    }

    /// The threads that readers' requests are on now.
    public Set<Thread> requestThreads() {
        return Set.copyOf(requestThreads);
    }

    /// What Prometheus would be told now.
    public String text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Puts them into an application.
    ///
    /// @param snapshots of the connection layer
    public void register(Environment environment, Supplier<NeonSnapshot> snapshots) {
        new PoolGauges(snapshots).register(registry);
        GaugeWithCallback.builder()
                .name("process_uptime_seconds")
                .help("For how long all this has been counted.")
                .callback(gauge -> gauge.call(Instruments.seconds(Duration.ofNanos(age.getAsLong()))))
                .register(registry);
        environment
                .servlets()
                .addFilter("request-scope", new RequestScope(nanoTime, requestThreads))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        environment
                .jersey()
                .register(new RequestObserver(
                        new RequestMetrics(registry, windows.objective()),
                        windows,
                        demand,
                        new RequestLog(),
                        nanoTime));
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
