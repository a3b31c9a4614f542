package dev.lectern.book.manuscript;

/// Text as PostgreSQL can hold it: without zero characters and without halves of surrogate pairs.
///
/// Files decoded as UTF-8 have neither, but escapes and entities in them can make both.
public final class StorableText {

    private StorableText() {}

    public static boolean is(String text) {
        return text.codePoints().noneMatch(each -> each == 0 || isHalf(each));
    }

    /// The text with a mark for each character that cannot be stored.
    static String of(String text) {
        if (is(text)) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text.length());
        text.codePoints().map(each -> each == 0 || isHalf(each) ? 0xFFFD : each).forEach(storable::appendCodePoint);
        return storable.toString();
    }

    private static boolean isHalf(int codePoint) {
        return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
    }
}
