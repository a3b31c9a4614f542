package dev.lectern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads durations of the configuration: `250ms`, `2s`, `5m`, `12h`, `30d`, or ISO 8601 (`PT5M`).
final class Durations extends StdScalarDeserializer<Duration> {

    private static final long serialVersionUID = 1L;

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {
        super(Duration.class);
    }

    static SimpleModule module() {
        return new SimpleModule("durations").addDeserializer(Duration.class, new Durations());
    }

    @Override
    public @Nullable Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText().strip();
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return (Duration) context.handleWeirdStringValue(
                    Duration.class, text, "a duration is written as 250ms, 2s, 5m, 12h, 30d or PT5M");
        }
    }

    private static ChronoUnit unit(String name) {
        ChronoUnit unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalArgumentException(name);
        }
        return unit;
    }
}
