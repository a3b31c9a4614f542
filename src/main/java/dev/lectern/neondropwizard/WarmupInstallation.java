package dev.lectern.neondropwizard;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// Warm-up in a Dropwizard application: a thread of its own that starts and stops with it, gauges, and
/// `POST /tasks/warm-up` on the admin port.
public final class WarmupInstallation {

    private WarmupInstallation() {}

    /// Puts it into an application.
    ///
    /// @param statement what a touch does: one round trip
    public static WarmupTask in(
            Environment environment,
            NeonDatabase database,
            WarmupMonitor monitor,
            SqlWork<?> statement,
            InstantSource clock) {
        WarmupTask task = new WarmupTask(database, monitor, statement, clock);
        ExecutorService thread = environment
                .lifecycle()
                .executorService("warm-up", Thread.ofVirtual().name("warm-up").factory())
                .minThreads(1)
                .maxThreads(1)
                .build();
        environment.lifecycle().manage(new Runs(task, thread));
        environment.admin().addTask(new Now(task));
        gauge(environment.metrics(), "touches", () -> monitor.ledger().touches());
        gauge(environment.metrics(), "wakes", () -> monitor.ledger().wakes());
        gauge(environment.metrics(), "requests.cold", () -> monitor.ledger().coldRequests());
        gauge(environment.metrics(), "requests.avoided", () -> monitor.ledger().avoided());
        gauge(environment.metrics(), "cu-hours.month", monitor::spentThisMonth);
        gauge(
                environment.metrics(),
                "cu-hours.budget",
                () -> monitor.warmup().terms().budget().orElse(Double.NaN));
        gauge(environment.metrics(), "plan", () -> monitor.plan().why().get());
        return task;
    }

    private static <T> void gauge(MetricRegistry metrics, String name, Supplier<T> value) {
        metrics.registerGauge(MetricRegistry.name("warmup", name), (Gauge<T>) value::get);
    }

    private record Runs(WarmupTask task, ExecutorService thread) implements Managed {

        @Override
        public void start() {
            thread.execute(task);
        }

        @Override
        public void stop() {
            task.close();
        }
    }

    private static final class Now extends Task {

        private final WarmupTask task;

        Now(WarmupTask task) {
            super("warm-up");
            this.task = task;
        }

        @Override
        public void execute(Map<String, List<String>> parameters, PrintWriter output) {
            try {
                task.touchNow();
                output.println("The database is awake.");
            } catch (DatabaseUnavailableException e) {
                output.println("The database cannot be had: " + e.failure().message());
            }
        }
    }
}
