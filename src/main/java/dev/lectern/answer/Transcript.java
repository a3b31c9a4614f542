package dev.lectern.answer;

/// The text of an answer as it grows. A model's pieces may end within a character, and may hold what no database
/// stores, and what no browser is to run; what comes out of here is whole and harmless.
final class Transcript {

    private static final String REPLACEMENT = "\uFFFD";

    private final StringBuilder text = new StringBuilder();
    private final MarkupFilter markup = new MarkupFilter();
    private String held = "";

    /// What can be shown now, which may be nothing.
    String add(String piece) {
        String joined = held + piece;
        boolean cut = !joined.isEmpty() && Character.isHighSurrogate(joined.charAt(joined.length() - 1));
        held = cut ? joined.substring(joined.length() - 1) : "";
        return append(cut ? joined.substring(0, joined.length() - 1) : joined);
    }

    /// What was held back, once no more text comes.
    String end() {
        String rest = held;
        held = "";
        return append(rest) + keep(markup.rest());
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }

    private String append(String piece) {
        StringBuilder clean = new StringBuilder(piece.length());
        piece.codePoints().filter(c -> c != 0).forEach(c -> {
            if (Character.getType(c) == Character.SURROGATE) {
                clean.append(REPLACEMENT);
            } else {
                clean.appendCodePoint(c);
            }
        });
        return keep(markup.next(clean.toString()));
    }

    private String keep(String shown) {
        text.append(shown);
        return shown;
    }
}
