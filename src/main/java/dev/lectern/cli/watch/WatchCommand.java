package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.AdminPort;
import dev.lectern.cli.DurationOption;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.TerminalCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `watch`: shows a running Lectern in the terminal, and goes on looking where there is none.
public final class WatchCommand extends TerminalCommand {

    private static final int DEGRADED = 1;
    private static final int DOWN = 2;

    private final PrintStream out;
    private final Terminal terminal;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Function<String, @Nullable String> environment;

    /// @param environment the value of a variable, or null
    public WatchCommand(
            PrintStream out,
            Terminal terminal,
            ObjectMapper json,
            InstantSource clock,
            Function<String, @Nullable String> environment) {
        super("watch", "shows a running Lectern in the terminal");
        this.out = out;
        this.terminal = terminal;
        this.json = json;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--admin")
                .metavar("URL")
                .setDefault(AdminPort.defaultUrl())
                .help("the admin port; its token is LECTERN_ADMIN_TOKEN's");
        parser.addArgument("--interval").setDefault("1s").help("between two looks, 100ms to 1h");
        parser.addArgument("--once").action(Arguments.storeTrue()).help("look once, print a line and end");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print a line of JSON at each look");
        parser.epilog("""
                Examples:
                  bin/lectern watch
                  bin/lectern watch --once --json
                  bin/lectern watch --admin http://10.0.0.7:8081 --interval 5s >> lectern.log
                Exit codes of --once: 0 good, 1 bad, 2 critical or not there, 64 usage.
                Where the output is no terminal, there is a line for each change and each
                event, and one every 10 s.""");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws InterruptedException {
        Duration interval = DurationOption.read(
                "--interval", arguments.getString("interval"), Duration.ofMillis(100), Duration.ofHours(1));
        boolean once = arguments.getBoolean("once");
        boolean lines = arguments.getBoolean("json");
        try (AdminPort port = AdminPort.at("--admin", arguments.getString("admin"), environment, json)) {
            if (once) {
                exit(lookOnce(port, lines));
            } else if (terminal.live() && !lines) {
                watchOnScreen(port, interval);
            } else {
                watch(port, lines ? new JsonView(out, json) : new PlainView(out), interval);
            }
        }
    }

    private int lookOnce(AdminPort port, boolean lines) throws InterruptedException {
        Sighting sighting = Sighting.at(port);
        try (View view = lines ? new JsonView(out, json) : new PlainView(out)) {
            view.show(sighting, clock.instant());
        }
        return switch (sighting) {
            case Sighting.Absent _ -> DOWN;
            case Sighting.Seen(JsonNode snapshot, List<JsonNode> _) ->
                switch (new Snapshot(snapshot).level()) {
                    case "good", "notice" -> 0;
                    case "bad" -> DEGRADED;
                    default -> DOWN;
                };
        };
    }

    /// At Ctrl-C the process ends when the terminal is given back.
    private void watchOnScreen(AdminPort port, Duration interval) throws InterruptedException {
        try (Screen screen = new Screen(out, terminal, port.url().toString(), ScreenSize::ask)) {
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("give-back-terminal").unstarted(screen::close));
            watch(port, screen, interval);
        }
    }

    /// Until the process ends, or nobody reads on.
    private void watch(AdminPort port, View view, Duration interval) throws InterruptedException {
        while (!out.checkError()) {
            view.show(Sighting.at(port), clock.instant());
            Thread.sleep(interval);
        }
    }
}
