package dev.lectern;

import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.probe.DatabaseTarget;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Owner;
import dev.lectern.neon.InvalidNeonUrlException;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neondropwizard.NeonConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.util.Optional;

/// The database that a configuration file leads to, for commands that look at it and start nothing.
record CommandTarget(Bootstrap<LecternConfiguration> bootstrap) {

    private static final int USAGE = 64;

    /// The database that is named, or the embedded one of the server that runs in this home; empty where none does.
    ///
    /// @throws CommandFailedException where the file cannot be read, or names what cannot be used
    Optional<DatabaseTarget> read(String file) {
        LecternConfiguration configuration = configuration(file);
        NeonConfiguration database = configuration.getDatabase();
        if (!database.named()) {
            return EmbeddedDatabase.attach(configuration.getHome())
                    .map(Owner::jdbcUrl)
                    .map(NeonUrl::parse)
                    .map(url -> new DatabaseTarget(
                            url, true, configuration.getEmbedded().suspendAfter()));
        }
        try {
            return Optional.of(new DatabaseTarget(database.url(), false, database.suspendTimeout()));
        } catch (InvalidNeonUrlException e) {
            throw new CommandFailedException(USAGE, "DATABASE_URL cannot be used: " + e.getMessage(), e);
        }
    }

    /// Not validated: a database can be looked at though the server would not start with what else is said.
    private LecternConfiguration configuration(String file) {
        try {
            return bootstrap
                    .getConfigurationFactoryFactory()
                    .create(LecternConfiguration.class, null, bootstrap.getObjectMapper(), "dw")
                    .build(bootstrap.getConfigurationSourceProvider(), file);
        } catch (IOException | ConfigurationException e) {
            throw new CommandFailedException(
                    USAGE, String.valueOf(e.getMessage()).strip(), e);
        }
    }
}
