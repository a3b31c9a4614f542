package dev.lectern.limits;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;

/// So many, in a day of UTC or at the same time.
///
/// @param amount 0 where there is no limit
public record Quota(long amount) {

    /// No limit.
    public static final Quota OFF = new Quota(0);

    private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,14}");

    /// Reads `300`, or `off`.
    ///
    /// @throws IllegalArgumentException where it is neither
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Quota parse(String text) {
        if (text.strip().equals("off")) {
            return OFF;
        }
        if (!FORM.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no quota: must be a number, as 300, or off");
        }
        return new Quota(Long.parseLong(text.strip()));
    }

    boolean isOff() {
        return amount == 0;
    }

    /// One process's share of what all replicas have together.
    Quota sharedBy(int replicas) {
        return isOff() ? OFF : new Quota(Math.max(1, amount / replicas));
    }
}
