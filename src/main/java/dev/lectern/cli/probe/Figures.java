package dev.lectern.cli.probe;

import java.time.Duration;
import java.util.Locale;

/// Durations as people read them.
final class Figures {

    private static final double NANOS_OF_MILLI = 1e6;

    private Figures() {}

    /// With as many digits as matter: `0.42 ms`, `12 ms`, `3.2 s`.
    static String time(Duration duration) {
        double millis = duration.toNanos() / NANOS_OF_MILLI;
        if (millis < 10) {
            return String.format(Locale.ROOT, millis < 1 ? "%.2f ms" : "%.1f ms", millis);
        }
        return millis < 1000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }

    /// Roughly: `12 s`, `5 min`, `3 h`, `2 days`.
    static String age(Duration duration) {
        if (duration.toSeconds() < 60) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    /// Milliseconds, to the microsecond.
    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1000.0) / 1000.0;
    }
}
