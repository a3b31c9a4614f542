package dev.lectern.console.action;

import ch.qos.logback.classic.LoggerContext;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import dev.lectern.persistence.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All actions there are.
public final class Actions {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Actions() {}

    /// What actions work on.
    ///
    /// @param application what Lectern calls itself at the server
    public record Tools(
            NeonDatabase neon,
            Database database,
            String application,
            WarmupMonitor monitor,
            WarmupTask task,
            LoggerContext loggers,
            InstantSource clock) {}

    /// By their names.
    ///
    /// @param scheduler takes back what has an end
    /// @param reverted is told what was taken back, in a sentence
    public static Map<String, Action> of(Tools tools, ScheduledExecutorService scheduler, Consumer<String> reverted) {
        Reversions reversions = new Reversions(scheduler, reverted);
        NeonDatabase neon = tools.neon();
        InstantSource clock = tools.clock();
        return Stream.of(
                        new WarmUpNow(tools.task(), tools.monitor()),
                        new EvictConnections(neon),
                        new ResizePool(neon, reversions, clock, MINUTE),
                        new Pause(neon, clock),
                        new Resume(neon),
                        new TerminateBackend(neon, new BackendDao(tools.database()), tools.application()),
                        new LogLevel(tools.loggers(), reversions, clock, MINUTE))
                .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
    }
}
