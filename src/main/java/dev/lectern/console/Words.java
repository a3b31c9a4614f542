package dev.lectern.console;

import java.time.Duration;
import java.util.Locale;

/// Quantities as people read them.
final class Words {

    private Words() {}

    /// Such as `340 ms`, `4.2 s`, `3 min 20 s` and `2 h 5 min`.
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (millis < 60_000) {
            return millis / 1000 + " s";
        }
        if (duration.toMinutes() < 60) {
            return duration.toMinutes() + " min" + rest(duration.toSecondsPart(), "s");
        }
        return duration.toHours() + " h" + rest(duration.toMinutesPart(), "min");
    }

    /// Such as `12 %`.
    static String share(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent >= 1 || percent == 0 ? "%.0f %%" : "%.1f %%", percent);
    }

    /// Such as `14 a second`.
    static String rate(double perSecond) {
        return perSecond >= 10 || perSecond == 0
                ? String.format(Locale.ROOT, "%.0f a second", perSecond)
                : String.format(Locale.ROOT, "%.1f a second", perSecond);
    }

    /// Such as `1 request` and `2 requests`.
    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String rest(int part, String unit) {
        return part == 0 ? "" : " " + part + " " + unit;
    }
}
