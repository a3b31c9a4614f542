package dev.lectern;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Migrations;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.LongStream;

/// When readers asked something, as the database of the configuration knows it.
record StoredArrivals(Bootstrap<LecternConfiguration> bootstrap) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Milliseconds of the epoch, ascending.
    ///
    /// @param file the configuration
    long[] read(String file) {
        LecternConfiguration configuration = configuration(file);
        try (DatabaseLocation location = DatabaseLocation.forCommand(configuration);
                NeonDatabase neon = new NeonDatabase(
                        location.settings(configuration),
                        NeonListener.NONE,
                        new Migrations(location.direct()),
                        InstantSource.system())) {
            return neon.read(Criticality.BACKGROUND, Deadline.in(PATIENCE), StoredArrivals::questions);
        }
    }

    private LecternConfiguration configuration(String file) {
        try {
            return bootstrap
                    .getConfigurationFactoryFactory()
                    .create(
                            LecternConfiguration.class,
                            bootstrap.getValidatorFactory().getValidator(),
                            bootstrap.getObjectMapper(),
                            "dw")
                    .build(bootstrap.getConfigurationSourceProvider(), file);
        } catch (IOException | ConfigurationException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static long[] questions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT floor(extract(epoch FROM created_at) * 1000)::bigint
                        FROM message
                        WHERE answers IS NULL
                        ORDER BY created_at
                        """)) {
            LongStream.Builder all = LongStream.builder();
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
            return all.build().toArray();
        }
    }
}
