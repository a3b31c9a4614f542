package dev.lectern.console.action;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Has a part of the program log more or less for some minutes, where it is one that may.
record LogLevel(LoggerContext loggers, Reversions reversions, InstantSource clock, Duration minute) implements Action {

    private static final String NAME = "log-level";
    private static final int MOST_MINUTES = 240;
    private static final List<String> LEVELS = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    private static final Pattern LOGGER = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[\\w$]+)*");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step prepare(Fields fields) {
        String name = fields.text("logger");
        if (name == null || !LOGGER.matcher(name).matches()) {
            fields.refuse("logger", "must be the name of a package or class, such as dev.lectern.neon");
        }
        String level = fields.word("level", LEVELS);
        int minutes = fields.number("minutes", 1, MOST_MINUTES);
        fields.end();
        SettableLoggers.check(String.valueOf(name), "/logger");
        Logger logger = loggers.getLogger(String.valueOf(name));
        Duration time = minute.multipliedBy(minutes);
        Instant until = clock.instant().plus(time);
        Outcome outcome = new Outcome(
                "`" + name + "` logs " + level + " instead of " + logger.getEffectiveLevel() + " for " + minutes
                        + " min.",
                until,
                new Outcome.Undo(
                        NAME,
                        Map.of(
                                "logger", logger.getName(),
                                "level", logger.getEffectiveLevel().toString(),
                                "minutes", minutes)));
        return new Step(outcome, () -> {
            set(logger, Level.toLevel(level), time);
            return outcome;
        });
    }

    private void set(Logger logger, Level level, Duration time) {
        @Nullable Level before = logger.getLevel();
        logger.setLevel(level);
        reversions.schedule(NAME + " " + logger.getName(), time, () -> {
            logger.setLevel(before);
            return "`" + logger.getName() + "` logs " + logger.getEffectiveLevel() + " again";
        });
    }
}
