package dev.lectern;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The way to the database, and JDBI over it.
record DatabaseSession(NeonDatabase neon, Database database) implements AutoCloseable {

    /// Connects to nothing; the schema is migrated when the database is first reached.
    static DatabaseSession open(LecternConfiguration configuration, DatabaseLocation location, InstantSource clock) {
        NeonSettings settings = NeonSettings.of(location.url())
                .withMaximumPoolSize(configuration.getDatabase().maximumPoolSize());
        NeonDatabase neon = new NeonDatabase(settings, new NeonListener() {}, new Migrations(location.direct()), clock);
        return new DatabaseSession(
                neon, new Database(neon, Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin())));
    }

    @Override
    public void close() {
        neon.close();
    }
}
