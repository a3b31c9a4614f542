package dev.lectern.cli;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// A command that reads the same configuration as the server. What goes wrong is told in one line.
///
/// @param <C> the application's configuration
abstract class CommandWithConfiguration<C extends Configuration> extends ConfiguredCommand<C> {

    private final Class<C> configurationClass;

    CommandWithConfiguration(Class<C> configurationClass, String name, String description) {
        super(name, description);
        this.configurationClass = configurationClass;
    }

    @Override
    protected Class<C> getConfigurationClass() {
        return configurationClass;
    }

    @Override
    protected Argument addFileArgument(Subparser parser) {
        return parser.addArgument("--config")
                .dest("file")
                .setDefault(System.getProperty("lectern.config", "config.yml"))
                .help("the configuration file");
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        String message = failure.getMessage();
        cli.getStdErr().println(message == null ? failure.toString() : message);
    }
}
