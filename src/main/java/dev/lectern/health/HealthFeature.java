package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import dev.lectern.book.Library;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.warmup.WarmupMonitor;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;
import java.util.Optional;

/// Tells on both ports whether the process is alive and whether it can serve, without asking the database.
public final class HealthFeature {

    private static final String PATH = "/health-check";

    /// Another feature's check: while it fails, searches are less good.
    private static final String EMBEDDING_MODEL = "embedding-model";

    private final NeonDatabase neon;
    private final WarmupMonitor warmup;
    private final Library library;
    private final WatchedModel model;
    private final InstantSource clock;

    public HealthFeature(
            NeonDatabase neon, WarmupMonitor warmup, Library library, WatchedModel model, InstantSource clock) {
        this.neon = neon;
        this.warmup = warmup;
        this.library = library;
        this.model = model;
        this.clock = clock;
    }

    public void register(Environment environment) {
        Readiness readiness = new Readiness(
                neon::snapshot, () -> library.books().size(), () -> impairment(environment.healthChecks()));
        HealthServlet servlet = new HealthServlet(readiness, environment.getObjectMapper());
        environment.servlets().addServlet("health", servlet).addMapping(PATH);
        environment.admin().addServlet("health", servlet).addMapping(PATH);
        HealthCheckRegistry checks = environment.healthChecks();
        checks.register("database", new DatabaseHealthCheck(neon::snapshot));
        checks.register("pool", new PoolHealthCheck(neon::snapshot, neon::holders, clock));
        checks.register("migrations", new MigrationsHealthCheck(neon::snapshot));
        checks.register("books", new BooksHealthCheck(() -> library.books().size(), library::revision));
        checks.register("language-model", new LanguageModelHealthCheck(model));
        checks.register("warm-up-budget", new WarmupBudgetHealthCheck(warmup));
    }

    private static Optional<String> impairment(HealthCheckRegistry checks) {
        return checks.runHealthChecks((name, check) -> name.equals(EMBEDDING_MODEL)).values().stream()
                .filter(result -> !result.isHealthy())
                .findFirst()
                .map(HealthCheck.Result::getMessage);
    }
}
