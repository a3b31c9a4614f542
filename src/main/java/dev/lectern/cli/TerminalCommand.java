package dev.lectern.cli;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/// A command whose exit code says more than that it failed. What it has shown already is not told again.
public abstract class TerminalCommand extends Command {

    protected TerminalCommand(String name, String description) {
        super(name, description);
    }

    /// Ends the command with a code, where all is said; not for 0.
    protected static void exit(int code) {
        if (code != 0) {
            throw new CommandFailedException(code, "");
        }
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        String line = failure instanceof CommandFailedException ? failure.getMessage() : failure.toString();
        if (line != null && !line.isEmpty()) {
            cli.getStdErr().println(line);
        }
    }
}
