package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import dev.lectern.book.Library;
import dev.lectern.neon.monitor.NeonSnapshot;
import io.dropwizard.core.setup.Environment;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells on both ports whether the process is alive and whether it can serve, without asking the database.
public final class HealthFeature {

    private static final String PATH = "/health-check";

    /// Another feature's check: while it fails, searches are less good.
    private static final String EMBEDDING_MODEL = "embedding-model";

    private final Supplier<NeonSnapshot> snapshots;
    private final Library library;

    public HealthFeature(Supplier<NeonSnapshot> snapshots, Library library) {
        this.snapshots = snapshots;
        this.library = library;
    }

    public void register(Environment environment) {
        Readiness readiness =
                new Readiness(snapshots, () -> library.books().size(), () -> impairment(environment.healthChecks()));
        HealthServlet servlet = new HealthServlet(readiness, environment.getObjectMapper());
        environment.servlets().addServlet("health", servlet).addMapping(PATH);
        environment.admin().addServlet("health", servlet).addMapping(PATH);
        environment.healthChecks().register("database", new DatabaseHealthCheck(snapshots));
    }

    private static Optional<String> impairment(HealthCheckRegistry checks) {
        return checks.runHealthChecks((name, check) -> name.equals(EMBEDDING_MODEL)).values().stream()
                .filter(result -> !result.isHealthy())
                .findFirst()
                .map(HealthCheck.Result::getMessage);
    }
}
