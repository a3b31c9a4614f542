package dev.lectern.neondropwizard;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neonapi.NeonApi;
import dev.lectern.neonapi.NeonApiSettings;
import dev.lectern.neonapi.Reconciliation;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Neon's word on the compute in a Dropwizard application: a thread of its own, for which neither start nor stop waits,
/// and gauges.
public final class NeonApiInstallation {

    private NeonApiInstallation() {}

    /// Puts it into an application.
    ///
    /// @param monitor whose picture of the compute is corrected
    /// @return what tells how that goes
    public static Reconciliation in(
            Environment environment, NeonApiSettings settings, WarmupMonitor monitor, InstantSource clock) {
        Reconciliation reconciliation = new Reconciliation(new NeonApi(settings), monitor, clock);
        ExecutorService thread = environment
                .lifecycle()
                .executorService("neon-api", Thread.ofVirtual().name("neon-api").factory())
                .minThreads(1)
                .maxThreads(1)
                .build();
        environment.lifecycle().manage(new Runs(reconciliation, thread));
        MetricRegistry metrics = environment.metrics();
        gauge(metrics, "state", () -> reconciliation.state().name());
        gauge(
                metrics,
                "age.seconds",
                () -> reconciliation.age().map(Duration::toSeconds).orElse(null));
        gauge(metrics, "failure", reconciliation::failure);
        gauge(metrics, "unanswered", reconciliation::unanswered);
        gauge(metrics, "corrections", reconciliation::corrections);
        gauge(metrics, "cu-hours.month", () -> {
            var used = reconciliation.cuHoursThisMonth();
            return used.isPresent() ? used.getAsDouble() : null;
        });
        return reconciliation;
    }

    private static <T extends @Nullable Object> void gauge(MetricRegistry metrics, String name, Supplier<T> value) {
        metrics.registerGauge(MetricRegistry.name("neon.api", name), (Gauge<T>) value::get);
    }

    private record Runs(Reconciliation reconciliation, ExecutorService thread) implements Managed {

        @Override
        public void start() {
            thread.execute(reconciliation);
        }

        @Override
        public void stop() {
            reconciliation.close();
        }
    }
}
