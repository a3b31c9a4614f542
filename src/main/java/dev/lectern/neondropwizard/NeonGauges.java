package dev.lectern.neondropwizard;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.util.function.Function;

/// The pool's numbers as gauges. Reading them asks the database nothing.
final class NeonGauges {

    private final MetricRegistry metrics;
    private final NeonDatabase database;

    private NeonGauges(MetricRegistry metrics, NeonDatabase database) {
        this.metrics = metrics;
        this.database = database;
    }

    static void register(MetricRegistry metrics, NeonDatabase database) {
        NeonGauges gauges = new NeonGauges(metrics, database);
        gauges.add("state", snapshot -> snapshot.state().status().name());
        gauges.add("pool.active", NeonSnapshot::active);
        gauges.add("pool.idle", NeonSnapshot::idle);
        gauges.add("pool.maximum", NeonSnapshot::maximum);
        gauges.add("permits.out", NeonSnapshot::permits);
        gauges.add("permits.waiting", NeonSnapshot::waiting);
        gauges.add("work.finished", snapshot -> snapshot.totals().finished());
        gauges.add("work.refused", snapshot -> snapshot.totals().refused());
        gauges.add("work.failed", snapshot -> snapshot.totals().failed());
        gauges.add("work.repeated", snapshot -> snapshot.totals().repeated());
        gauges.add("connections.opened", snapshot -> snapshot.totals().opened());
        gauges.add("connections.failed", snapshot -> snapshot.totals().attemptsFailed());
        gauges.add("connections.closed", snapshot -> snapshot.totals().closed());
    }

    private <T> void add(String name, Function<NeonSnapshot, T> value) {
        metrics.registerGauge(MetricRegistry.name("neon", name), (Gauge<T>) () -> value.apply(database.snapshot()));
    }
}
