package dev.lectern.book.manuscript;

import java.util.Locale;

/// Names for what its author has not named.
public final class Names {

    private Names() {}

    /// `getting-started` becomes `Getting started`.
    public static String titleOf(String name) {
        String words = name.replaceAll("[-_]+", " ").strip();
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
