package dev.lectern.cli.probe;

import dev.lectern.cli.CommandFailedException;
import dev.lectern.neon.InvalidNeonUrlException;
import dev.lectern.neon.NeonUrl;
import java.util.Optional;
import java.util.function.Function;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// The options that say which database is looked at.
///
/// @param configured the database that a configuration file leads to; empty where it leads to none
record TargetOption(Function<String, Optional<DatabaseTarget>> configured) {

    private static final int USAGE = 64;

    static void configure(Subparser parser) {
        parser.addArgument("--database-url")
                .dest("database_url")
                .metavar("URL")
                .help("the database, whether Lectern knows it or not; else that of DATABASE_URL, which other users of"
                        + " this machine do not see, or the embedded one of a running Lectern");
        parser.addArgument("--config")
                .setDefault(System.getProperty("lectern.config", "config.yml"))
                .help("the configuration file, without --database-url");
    }

    /// The database.
    ///
    /// @throws CommandFailedException where there is none, or its connection string cannot be used
    DatabaseTarget read(Namespace arguments) {
        @Nullable String url = arguments.getString("database_url");
        if (url != null) {
            try {
                return DatabaseTarget.at(NeonUrl.parse(url));
            } catch (InvalidNeonUrlException e) {
                throw new CommandFailedException(USAGE, "--database-url cannot be used: " + e.getMessage(), e);
            }
        }
        return configured
                .apply(arguments.getString("config"))
                .orElseThrow(() -> new CommandFailedException(
                        USAGE,
                        "DATABASE_URL is not set, so that Lectern would use its embedded database; that is there only"
                                + " while a server of this LECTERN_HOME runs, and none does. Start one with bin/run, set"
                                + " DATABASE_URL, or give --database-url."));
    }
}
