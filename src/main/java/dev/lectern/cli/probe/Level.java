package dev.lectern.cli.probe;

import java.util.Locale;

/// How well a database is, from the best.
enum Level {
    /// It does all that Lectern wants of it.
    HEALTHY(0),
    /// It does some of it, or will by itself.
    DEGRADED(1),
    /// Nothing works until somebody changes something.
    DOWN(2);

    private final int exitCode;

    Level(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
