package dev.lectern.metrics;

import static dev.lectern.metrics.Instruments.counter;
import static dev.lectern.metrics.Instruments.seconds;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.NeonListener;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Counts and times what the connection layer does.
///
/// What OpenTelemetry has a name for has that name, in Prometheus' spelling
/// (https://opentelemetry.io/docs/specs/semconv/database/database-metrics/); the rest begins with `neon_`.
final class ConnectionMetrics implements NeonListener {

    private final Map<Criticality, DistributionDataPoint> waits;
    private final Map<Criticality, DistributionDataPoint> uses;
    private final Histogram creations;
    private final Histogram wakes;
    private final Counter timeouts;
    private final Counter repetitions;
    private final Counter closings;
    private final FailureCounter refusals;
    private final FailureCounter failures;
    private final Counter failedAttempts;

    ConnectionMetrics(PrometheusRegistry registry) {
        waits = byCriticality(seconds("db_client_connection_wait_time", "From asking to a permit.")
                .labelNames("criticality")
                .register(registry));
        uses = byCriticality(seconds("db_client_connection_use_time", "For how long work held a connection.")
                .labelNames("criticality")
                .register(registry));
        creations = seconds("db_client_connection_create_time", "What making a connection took.")
                .register(registry);
        wakes = seconds("neon_wake_duration", "What the compute took to wake.").register(registry);
        timeouts = counter(
                "db_client_connection_timeouts", "Work whose deadline passed before it had a connection.", registry);
        repetitions = counter("neon_work_repeated", "Work that was done once more.", registry);
        closings = counter("neon_connections_closed", "Connections that ended.", registry);
        refusals = new FailureCounter("neon_work_refused", "Work that never got a connection.", registry);
        failures = new FailureCounter("neon_work_failed", "Failures that work met, repeated or not.", registry);
        failedAttempts = Counter.builder()
                .name("neon_connections_failed")
                .help("Attempts to connect that failed.")
                .labelNames("class", "reason")
                .register(registry);
    }

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        observe(waits, criticality, waited);
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        refusals.count(failure, criticality);
        if (failure instanceof TimedOut) {
            timeouts.inc();
        }
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        observe(uses, criticality, held);
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        failures.count(failure, criticality);
        if (repeated) {
            repetitions.inc();
        }
    }

    @Override
    public void connectionOpened(Duration took) {
        creations.observe(seconds(took));
    }

    @Override
    public void connectionFailed(DatabaseFailure failure, Duration took) {
        String[] slug = failure.slug().split("/", 2);
        failedAttempts.labelValues(slug[0], slug[1]).inc();
    }

    @Override
    public void connectionClosed(Duration age) {
        closings.inc();
    }

    @Override
    public void databaseWoke(Duration took) {
        wakes.observe(seconds(took));
    }

    private static void observe(
            Map<Criticality, DistributionDataPoint> points, Criticality criticality, Duration duration) {
        Objects.requireNonNull(points.get(criticality)).observe(seconds(duration));
    }

    /// All label values are known: looked up once, so that to observe allocates nothing.
    private static Map<Criticality, DistributionDataPoint> byCriticality(Histogram histogram) {
        Map<Criticality, DistributionDataPoint> points = new EnumMap<>(Criticality.class);
        for (Criticality criticality : Criticality.values()) {
            points.put(criticality, histogram.labelValues(criticality.name().toLowerCase(Locale.ROOT)));
        }
        return points;
    }
}
