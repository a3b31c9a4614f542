package dev.lectern.persistence;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Timeouts;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema up to date. Needs a session (locks), so it must not go through a transaction pooler.
public final class Migrations implements Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String UNDEFINED_TABLE = "42P01";

    private final Supplier<FluentConfiguration> configuration;

    /// Migrates through connections of its own, on which a statement may take as long as it does.
    ///
    /// @param direct where the database is, not through a pooler
    public Migrations(NeonUrl direct) {
        Timeouts usual = Timeouts.DEFAULT;
        String url = NeonSettings.of(direct)
                .withTimeouts(new Timeouts(usual.connect(), usual.login(), Duration.ZERO, usual.lifetime()))
                .jdbcUrl();
        this.configuration = () -> Flyway.configure()
                .dataSource(url, direct.user(), direct.password().value());
    }

    /// Migrates through a data source's connections.
    public Migrations(DataSource direct) {
        this.configuration = () -> Flyway.configure().dataSource(direct);
    }

    /// Applies what is missing, and checks that nobody has changed what was applied before.
    ///
    /// @return how many migrations were applied
    /// @throws MigrationException where one fails
    public int migrate() {
        try {
            return configuration
                    .get()
                    .locations("classpath:" + MigrationFiles.FOLDER)
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw new MigrationException(e);
        }
    }

    /// Applies what is missing. Where one query shows that nothing is, Flyway is not even loaded, which costs half
    /// a second.
    @Override
    public void prepare(Connection connection) throws SQLException, IOException {
        Set<String> known = MigrationFiles.versions();
        if (known.isEmpty()
                || !applied(connection)
                        .filter(versions -> versions.containsAll(known))
                        .isPresent()) {
            int count = migrate();
            LOG.info("applied {} migrations", count);
        }
    }

    private static Optional<Set<String>> applied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL
                        """)) {
            Set<String> versions = new HashSet<>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return Optional.of(versions);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
