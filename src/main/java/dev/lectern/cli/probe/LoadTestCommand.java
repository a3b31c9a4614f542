package dev.lectern.cli.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.DurationOption;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.TerminalCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `load-test`: how many round trips a database does on one connection, on two, on four.
public final class LoadTestCommand extends TerminalCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final PrintStream out;
    private final Terminal terminal;
    private final ObjectMapper json;
    private final TargetOption target;

    /// @param configured the database that a configuration file leads to; empty where it leads to none
    public LoadTestCommand(
            PrintStream out,
            Terminal terminal,
            ObjectMapper json,
            Function<String, Optional<DatabaseTarget>> configured) {
        super("load-test", "measures the round trips of a database on a growing number of connections");
        this.out = out;
        this.terminal = terminal;
        this.json = json;
        this.target = new TargetOption(configured);
    }

    @Override
    public void configure(Subparser parser) {
        TargetOption.configure(parser);
        parser.addArgument("--connections")
                .type(Integer.class)
                .choices(Arguments.range(1, 1000))
                .setDefault(8)
                .metavar("N")
                .help("how many at most; never more than half of what the server has free");
        parser.addArgument("--duration").setDefault("10s").help("of all steps together, 1s to 10m");
        parser.addArgument("--rate")
                .type(Integer.class)
                .choices(Arguments.range(1, 100_000))
                .setDefault(1000)
                .metavar("N")
                .help("how many round trips a second at most");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print one JSON document");
        parser.epilog("""
                Examples:
                  bin/lectern load-test
                  bin/lectern load-test --connections 16 --duration 30s --rate 5000 --json
                Exit codes: 0 done, 1 stopped by an error, 2 down, 64 usage.
                Each round trip is SELECT 1. The first error stops it, and so does Ctrl-C.""");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException, InterruptedException {
        Duration duration = DurationOption.read(
                "--duration", arguments.getString("duration"), Duration.ofSeconds(1), Duration.ofMinutes(10));
        DatabaseTarget database = target.read(arguments);
        boolean whole = arguments.getBoolean("json");
        int rate = arguments.getInt("rate");
        Climb.Plan plan = new Climb.Plan(arguments.getInt("connections"), duration, rate, TIMEOUT);
        if (!whole) {
            out.println("Load test of " + database.url());
        }
        Climb climb = new Climb(database.url(), plan, whole ? new Silence() : new Table(out, rate));
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("load-test-stop").unstarted(() -> stop(climb, told));
        Runtime.getRuntime().addShutdownHook(hook);
        LoadReport report;
        try {
            report = new LoadReport(database.url(), climb.run());
            if (whole) {
                out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(report.members()));
            } else {
                out.print(report.text(terminal));
            }
            out.flush();
        } finally {
            told.countDown();
            forget(hook);
        }
        exit(report.level().exitCode());
    }

    /// At Ctrl-C the process ends when this does.
    private static void stop(Climb climb, CountDownLatch told) {
        try {
            climb.stopWithin(LAST_WORDS);
            boolean _ = told.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs: the process ends.
            return;
        }
    }

    /// Shows each step when it is done.
    private record Table(PrintStream out, int rate) implements Climb.Listener {

        @Override
        public void begins(int connections, Limits limits, Duration step) {
            out.println(LoadReport.count(connections) + " at most: " + limits.free() + " of " + limits.usable()
                    + " are free, and a test takes no more than half of these");
            out.println("SELECT 1, " + Figures.time(step) + " a step, " + rate + " a second at most");
            out.println();
            out.println(Rung.HEADER);
        }

        @Override
        public void climbed(Rung rung) {
            out.println(rung.line());
            out.flush();
        }
    }

    /// Shows nothing before the end.
    private record Silence() implements Climb.Listener {

        @Override
        public void begins(int connections, Limits limits, Duration step) {}

        @Override
        public void climbed(Rung rung) {}
    }
}
