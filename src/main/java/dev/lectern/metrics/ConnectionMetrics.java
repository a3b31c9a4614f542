package dev.lectern.metrics;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.NeonListener;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
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

    /// Of a round trip within a region up to Neon's slow wakes, in seconds.
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10, 30};

    private final Map<Criticality, DistributionDataPoint> waits;
    private final Map<Criticality, DistributionDataPoint> uses;
    private final Histogram creations;
    private final Histogram wakes;
    private final Counter timeouts;
    private final Counter repetitions;
    private final Counter closings;
    private final FailureCounter refusals;
    private final FailureCounter failures;
    private final FailureCounter failedAttempts;

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
        failedAttempts = new FailureCounter("neon_connections_failed", "Attempts to connect that failed.", registry);
    }

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        observe(waits, criticality, waited);
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        refusals.count(failure);
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
        failures.count(failure);
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
        failedAttempts.count(failure);
    }

    @Override
    public void connectionClosed(Duration age) {
        closings.inc();
    }

    @Override
    public void databaseWoke(Duration took) {
        wakes.observe(seconds(took));
    }

    private static Counter counter(String name, String help, PrometheusRegistry registry) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    private static Histogram.Builder seconds(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SECONDS);
    }

    private static void observe(
            Map<Criticality, DistributionDataPoint> points, Criticality criticality, Duration duration) {
        Objects.requireNonNull(points.get(criticality)).observe(seconds(duration));
    }

    private static double seconds(Duration duration) {
        return Unit.nanosToSeconds(duration.toNanos());
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
