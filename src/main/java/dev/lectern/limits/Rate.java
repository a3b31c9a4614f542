package dev.lectern.limits;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many requests in so much time. All of them may come at once, and then as many again as the time allows.
///
/// @param quota 0 where there is no limit
public record Rate(long quota, Duration window) {

    /// No limit.
    public static final Rate OFF = new Rate(0, Duration.ZERO);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,5})([smh])");

    /// Reads `240/1m`, or `off`.
    ///
    /// @throws IllegalArgumentException where it is neither
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Rate parse(String text) {
        if (text.strip().equals("off")) {
            return OFF;
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no rate: must be requests and a time, as 240/1m or 600/1h, or off");
        }
        long time = Long.parseLong(matcher.group(2));
        return new Rate(
                Long.parseLong(matcher.group(1)),
                switch (matcher.group(3)) {
                    case "s" -> Duration.ofSeconds(time);
                    case "m" -> Duration.ofMinutes(time);
                    default -> Duration.ofHours(time);
                });
    }

    boolean isOff() {
        return quota == 0;
    }
}
