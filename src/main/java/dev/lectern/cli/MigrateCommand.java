package dev.lectern.cli;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.util.function.ToIntFunction;
import net.sourceforge.argparse4j.inf.Namespace;

/// Brings the schema of the database up to date.
///
/// @param <C> the application's configuration
public final class MigrateCommand<C extends Configuration> extends CommandWithConfiguration<C> {

    private final ToIntFunction<C> migration;

    /// @param migration migrates the database that the configuration names, and returns how many migrations were
    /// applied
    public MigrateCommand(Class<C> configurationClass, ToIntFunction<C> migration) {
        super(configurationClass, "migrate", "brings the schema of the database up to date");
        this.migration = migration;
    }

    @Override
    protected void run(Bootstrap<C> bootstrap, Namespace arguments, C configuration) {
        int applied = migration.applyAsInt(configuration);
        System.out.println(
                applied == 0
                        ? "The schema is up to date."
                        : "Applied " + applied + (applied == 1 ? " migration." : " migrations."));
    }
}
