package dev.lectern.cli.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.AdminPort;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.DurationOption;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.TerminalCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `capacity`: how many connections readers need, and how large a compute, by what was measured.
public final class CapacityCommand extends TerminalCommand {

    private static final int FAILED = 1;

    /// Of fewer pieces of work the 95th percentile is the word of a handful.
    private static final int ENOUGH = 100;

    private static final int UNREACHABLE = 2;
    private static final int USAGE = 64;
    private static final double MOST_GROWTH = 1000;

    private final PrintStream out;
    private final Terminal terminal;
    private final ObjectMapper json;
    private final Function<String, @Nullable String> environment;

    /// @param environment the value of a variable, or null
    public CapacityCommand(
            PrintStream out, Terminal terminal, ObjectMapper json, Function<String, @Nullable String> environment) {
        super("capacity", "tells how many connections readers need, by what was measured");
        this.out = out;
        this.terminal = terminal;
        this.json = json;
        this.environment = environment;
    }

    @Override
    public void configure(Subparser parser) {
        MutuallyExclusiveGroup source = parser.addMutuallyExclusiveGroup();
        source.addArgument("--url", "--admin")
                .dest("url")
                .metavar("URL")
                .setDefault(AdminPort.defaultUrl())
                .help("the admin port of a running Lectern; its token is LECTERN_ADMIN_TOKEN's");
        source.addArgument("--from-metrics")
                .dest("from_metrics")
                .metavar("FILE")
                .nargs("+")
                .help("what /metrics said: once, for all since the start, or twice, for the time between");
        parser.addArgument("--growth").metavar("N").setDefault("1").help("for N times the traffic, such as 5");
        parser.addArgument("--target").setDefault("200ms").help("what 95 of 100 requests may take, 1ms to 1m");
        parser.addArgument("--replicas")
                .type(Integer.class)
                .choices(Arguments.range(1, 1000))
                .metavar("N")
                .help("how many processes like this one there are; else as Lectern says, and 1 with --from-metrics");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print one JSON document");
        parser.epilog("""
                Examples:
                  bin/lectern capacity
                  bin/lectern capacity --growth 5 --replicas 2
                  curl -s localhost:8081/metrics > before; sleep 60; curl -s localhost:8081/metrics > after
                  bin/lectern capacity --from-metrics before after
                Exit codes: 0 done, 1 no work was measured, or no pool does, 2 no Lectern is there,
                64 usage.
                The pool is a queue with as many servers as it has connections. How it was found, and
                what it cannot know: docs/handbook/05-limits-and-capacity.md""");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException, InterruptedException {
        Duration target = DurationOption.read(
                "--target", arguments.getString("target"), Duration.ofMillis(1), Duration.ofMinutes(1));
        double growth = growth(arguments.getString("growth"));
        List<String> files = arguments.getList("from_metrics");
        String source = files == null ? arguments.getString("url") : String.join(" and ", files);
        Measured measured = (files == null ? shown(source) : written(files))
                .orElseThrow(() -> new CommandFailedException(
                        FAILED, "No work was done on the database in that time: there is nothing to go by"));
        refuseTooLittle(measured);
        Integer replicas = arguments.getInt("replicas");
        CapacityReport report =
                CapacityReport.of(source, replicas == null ? measured : measured.with(replicas), growth, target);
        if (arguments.getBoolean("json")) {
            out.println(
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(new CapacityDocument(report).members()));
        } else {
            out.print(report.text(terminal));
        }
        out.flush();
        exit(report.isFeasible() ? 0 : FAILED);
    }

    private Optional<Measured> shown(String url) throws InterruptedException {
        try (AdminPort port = AdminPort.at("--url", url, environment, json)) {
            return switch (port.panel("capacity", "/target_ms")) {
                case AdminPort.Reply.Panel(JsonNode panel) -> Measured.of(panel);
                case AdminPort.Reply.Absent(String why) -> throw new CommandFailedException(UNREACHABLE, why);
            };
        }
    }

    private static void refuseTooLittle(Measured measured) {
        if (measured.held() < ENOUGH) {
            throw new CommandFailedException(
                    FAILED,
                    "Too little to tell: the database was used %d times in %s, and %d times are the least to go by"
                            .formatted(measured.held(), measured.period(), ENOUGH));
        }
    }

    private static Optional<Measured> written(List<String> files) throws IOException {
        if (files.size() > 2) {
            throw new CommandFailedException(USAGE, "--from-metrics takes one file or two, the older first");
        }
        MetricsText before = files.size() == 1 ? null : read(files.getFirst());
        MetricsInterval interval = new MetricsInterval(before, read(files.getLast()));
        Duration length = interval.length()
                .orElseThrow(() -> new CommandFailedException(
                        USAGE,
                        before == null
                                ? "the file is not what /metrics of a Lectern says"
                                : "the files are not what /metrics of one process said, the older first"));
        return interval.measured(length);
    }

    private static MetricsText read(String file) throws IOException {
        try {
            return MetricsText.parse(Files.readString(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(USAGE, "There is no file " + e.getFile(), e);
        } catch (MalformedInputException e) {
            throw new CommandFailedException(USAGE, file + " is no text", e);
        }
    }

    private static double growth(String text) {
        double growth = text.matches("\\d{1,4}(\\.\\d{1,4})?") ? Double.parseDouble(text) : 0;
        if (growth <= 0 || growth > MOST_GROWTH) {
            throw new CommandFailedException(USAGE, "--growth is a number up to 1000, such as 5 or 1.5");
        }
        return growth;
    }
}
