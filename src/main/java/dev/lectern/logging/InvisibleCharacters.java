package dev.lectern.logging;

/// Characters that are not seen but do something where a line is shown: begin another one, move the cursor, colour,
/// erase, or turn the order of what follows.
final class InvisibleCharacters {

    private static final int LAST_OF_ASCII = 0x7e;

    private InvisibleCharacters() {}

    /// The text with each of them written as an escape of JSON's, such as `\u001b`. A tab and the end of a line stay.
    static String escaped(String text) {
        if (text.codePoints().noneMatch(InvisibleCharacters::is)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (is(c)) {
                for (char unit : Character.toChars(c)) {
                    escaped.append("\\u%04x".formatted((int) unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean is(int c) {
        if (c <= LAST_OF_ASCII) {
            return c < ' ' && c != '\n' && c != '\t';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
