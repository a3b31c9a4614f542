package dev.lectern.neondropwizard;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.monitor.NeonListener;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jdbi3.JdbiFactory;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.postgres.PostgresPlugin;

/// Neon's connection layer in a Dropwizard application: it starts and stops with it, and its gauges are among the
/// application's metrics.
///
/// @param database the way to the database
/// @param jdbi JDBI over it, of use inside of work only
public record NeonInstallation(NeonDatabase database, Jdbi jdbi) {

    private static final String NAME = "neon";

    /// Puts it into an application, with nobody who listens.
    ///
    /// @param preparation is done before anything is served, such as migrations
    /// @param clock for the times of events
    public static NeonInstallation in(
            Environment environment, NeonSettings settings, Preparation preparation, InstantSource clock) {
        return in(environment, settings, NeonListener.NONE, preparation, clock);
    }

    /// Puts it into an application.
    ///
    /// @param listener is told what the connection layer does
    /// @param preparation is done before anything is served, such as migrations
    /// @param clock for the times of events
    public static NeonInstallation in(
            Environment environment,
            NeonSettings settings,
            NeonListener listener,
            Preparation preparation,
            InstantSource clock) {
        NeonDatabase database = new NeonDatabase(settings, listener, preparation, clock);
        NeonGauges.register(environment.metrics(), database);
        Jdbi jdbi =
                new PostgresJdbiFactory().build(environment, new NeonDataSourceFactory(database, settings.url()), NAME);
        // It would run a query, which keeps a Neon compute awake and wakes one that sleeps.
        environment.healthChecks().unregister(NAME);
        return new NeonInstallation(database, jdbi);
    }

    private static final class PostgresJdbiFactory extends JdbiFactory {

        @Override
        protected void configure(Jdbi jdbi) {
            super.configure(jdbi);
            jdbi.installPlugin(new PostgresPlugin());
            // Dropwizard's keeps a timer for each statement; the connection layer tells its listener of all work.
            jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
    }
}
