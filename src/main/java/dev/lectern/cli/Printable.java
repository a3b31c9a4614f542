package dev.lectern.cli;

import java.util.regex.Pattern;

/// Text of somebody else's made fit for a terminal: without the characters that command one.
public final class Printable {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

    private Printable() {}

    /// The text on one line; a run of control characters is a space.
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    /// The same, no longer than this.
    public static String line(String text, int longest) {
        String line = line(text);
        return line.length() <= longest ? line : line.substring(0, Math.max(0, longest - 1)) + "~";
    }
}
