package dev.lectern.testing;

import io.dropwizard.core.cli.Command;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.Subparser;

/// A command as somebody types it.
public final class TypedCommand {

    private TypedCommand() {}

    /// Reads the arguments and runs the command.
    public static void run(Command command, String... arguments) throws Exception {
        Subparser parser =
                ArgumentParsers.newFor("lectern").build().addSubparsers().addParser(command.getName());
        command.configure(parser);
        command.run(null, parser.parseArgs(arguments));
    }
}
