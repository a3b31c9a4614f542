package dev.lectern.book.manuscript;

/// Finds where expressions of JSX end, in one page.
final class Braces {

    private static final int LONGEST = 20_000;

    /// A page made of braces that are never closed would take quadratic time.
    private static final int MOST_MISSES = 500;

    private final String text;
    private int misses;

    Braces(String text) {
        this.text = text;
    }

    /// The position of the brace that closes the one at `start`; −1 where none does.
    int end(int start) {
        if (misses > MOST_MISSES) {
            return -1;
        }
        int depth = 0;
        int bound = Math.min(start + LONGEST, text.length());
        for (int i = start; i < bound; i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            } else if (c == '"' || c == '`') {
                i = Math.max(i, text.indexOf(c, i + 1, bound));
            }
        }
        misses++;
        return -1;
    }
}
