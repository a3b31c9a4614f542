package dev.lectern.faults;

import java.time.Duration;
import java.util.Locale;

/// How figures are written.
final class Figures {

    private Figures() {}

    static String ms(Duration duration) {
        return duration.toMillis() < 10
                ? String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6)
                : String.format(Locale.ROOT, "%d ms", duration.toMillis());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
