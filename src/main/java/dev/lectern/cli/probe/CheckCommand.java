package dev.lectern.cli.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.lectern.cli.DurationOption;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.TerminalCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `check`: looks at a database from its name to its schema, and says whether it is well and what to do.
public final class CheckCommand extends TerminalCommand {

    private final PrintStream out;
    private final Terminal terminal;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final TargetOption target;

    /// @param configured the database that a configuration file leads to; empty where it leads to none
    public CheckCommand(
            PrintStream out,
            Terminal terminal,
            ObjectMapper json,
            InstantSource clock,
            Function<String, Optional<DatabaseTarget>> configured) {
        super("check", "looks at a database, and says whether it is well and what to do");
        this.out = out;
        this.terminal = terminal;
        this.json = json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        this.clock = clock;
        this.target = new TargetOption(configured);
    }

    @Override
    public void configure(Subparser parser) {
        TargetOption.configure(parser);
        parser.addArgument("--timeout")
                .setDefault("30s")
                .help("for each step; the login's includes the waking of a database that sleeps");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print one JSON document");
        parser.epilog("""
                Examples:
                  bin/lectern check
                  DATABASE_URL=postgresql://... bin/lectern check --json
                  bin/lectern check --database-url postgresql://user@host/db --timeout 5s
                Exit codes: 0 healthy, 1 degraded, 2 down, 64 usage.
                Nothing is written to the database; a look wakes it, and counts as activity.""");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException, InterruptedException {
        Duration timeout = DurationOption.read(
                "--timeout", arguments.getString("timeout"), Duration.ofSeconds(1), Duration.ofMinutes(10));
        CheckReport report = new Check(target.read(arguments), timeout, clock).run();
        if (arguments.getBoolean("json")) {
            out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(report.members()));
        } else {
            out.print(report.text(terminal));
        }
        out.flush();
        exit(report.verdict().level().exitCode());
    }
}
