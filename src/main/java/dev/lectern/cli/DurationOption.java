package dev.lectern.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A duration on the command line: `700ms`, `30s`, `5m` or `1h`.
public final class DurationOption {

    private static final int USAGE = 64;
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})(ms|s|m|h)");

    private DurationOption() {}

    /// Reads one.
    ///
    /// @param option as it is typed, such as `--timeout`
    /// @throws CommandFailedException where the text is none
    public static Duration read(String option, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new CommandFailedException(
                    USAGE, option + " is written as 700ms, 30s, 5m or 1h, not \"" + text + "\"");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /// Reads one that is at least so long and at most so long.
    ///
    /// @throws CommandFailedException where it is not
    public static Duration read(String option, String text, Duration least, Duration most) {
        Duration duration = read(option, text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new CommandFailedException(
                    USAGE, option + " is between " + written(least) + " and " + written(most) + ", not " + text);
        }
        return duration;
    }

    private static String written(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSecondsPart() > 0 ? duration.toSeconds() + "s" : duration.toMinutes() + "m";
    }
}
