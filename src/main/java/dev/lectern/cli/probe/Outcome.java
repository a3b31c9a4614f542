package dev.lectern.cli.probe;

import java.util.Locale;

/// How one step of a check came out.
enum Outcome {
    OK,
    WARNING,
    FAILED,
    SKIPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
