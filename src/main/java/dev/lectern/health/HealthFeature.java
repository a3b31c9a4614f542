package dev.lectern.health;

import dev.lectern.book.Library;
import dev.lectern.neon.monitor.NeonSnapshot;
import io.dropwizard.core.setup.Environment;
import java.util.function.Supplier;

/// Tells on both ports whether the process is alive and whether it can serve, without asking the database.
public final class HealthFeature {

    private static final String PATH = "/health-check";

    private final Supplier<NeonSnapshot> snapshots;
    private final Library library;

    public HealthFeature(Supplier<NeonSnapshot> snapshots, Library library) {
        this.snapshots = snapshots;
        this.library = library;
    }

    public void register(Environment environment) {
        HealthServlet servlet = new HealthServlet(new Readiness(snapshots, library), environment.getObjectMapper());
        environment.servlets().addServlet("health", servlet).addMapping(PATH);
        environment.admin().addServlet("health", servlet).addMapping(PATH);
        environment.healthChecks().register("database", new DatabaseHealthCheck(snapshots));
    }
}
