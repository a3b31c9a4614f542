package dev.lectern.metrics;

import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// The pool and the state at the moment of a scrape. Reading them asks the database nothing.
///
/// @param snapshots of the connection layer
record PoolGauges(Supplier<NeonSnapshot> snapshots) {

    void register(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("db_client_connection_count")
                .help("Connections by state.")
                .labelNames("db_client_connection_state")
                .callback(gauge -> {
                    NeonSnapshot snapshot = snapshots.get();
                    gauge.call(snapshot.active(), "used");
                    gauge.call(snapshot.idle(), "idle");
                })
                .register(registry);
        gauge("db_client_connection_max", "Connections there may be.", NeonSnapshot::maximum, registry);
        gauge("db_client_connection_idle_max", "Unused connections there may be.", NeonSnapshot::maximum, registry);
        gauge("db_client_connection_idle_min", "Unused connections there must be.", snapshot -> 0, registry);
        gauge(
                "db_client_connection_pending_requests",
                "Pieces of work that wait for a permit.",
                NeonSnapshot::waiting,
                registry);
        gauge("neon_permits_out", "Permits that work has.", NeonSnapshot::permits, registry);
        GaugeWithCallback.builder()
                .name("neon_server_connections")
                .help("Connections that the server has for all its clients, as it last said.")
                .callback(gauge -> {
                    ServerSlots server = snapshots.get().server();
                    if (server != null) {
                        gauge.call(server.maximum() - server.reserved());
                    }
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("neon_state")
                .help("1 for the state that the database is in, as far as is known.")
                .labelNames("state")
                .callback(gauge -> {
                    Status now = snapshots.get().state().status();
                    for (Status status : Status.values()) {
                        gauge.call(status == now ? 1 : 0, status.name().toLowerCase(Locale.ROOT));
                    }
                })
                .register(registry);
    }

    private void gauge(String name, String help, ToIntFunction<NeonSnapshot> value, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.applyAsInt(snapshots.get())))
                .register(registry);
    }
}
