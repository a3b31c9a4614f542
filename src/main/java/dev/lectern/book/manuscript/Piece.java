package dev.lectern.book.manuscript;

/// A stretch of plain text that is best left whole.
record Piece(Kind kind, String text) {

    enum Kind {
        /// Sentences.
        PROSE,
        /// A sentence that goes on where the one before it ended.
        SENTENCE,
        /// An item of a list.
        ITEM,
        /// Code, one statement a line.
        CODE,
        /// A table, one row a line, the first of them the head.
        TABLE
    }

    /// The size in words. Code, and languages without spaces, count by their characters.
    int size() {
        return size(text);
    }

    static int size(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            words += !space && !inWord ? 1 : 0;
            inWord = !space;
        }
        return Math.max(words, Math.ceilDiv(text.length(), CHARACTERS_PER_WORD));
    }

    /// An English word has five letters, a space and its share of the punctuation.
    static final int CHARACTERS_PER_WORD = 7;
}
