package dev.lectern.book.manuscript;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes a file strictly, and tells language from noise.
final class Utf8 {

    /// Longer than any word; a page whose words are longer on average is not language.
    private static final int LONGEST_AVERAGE_WORD = 80;

    private static final int TOO_SHORT_TO_JUDGE = 4_000;

    private Utf8() {}

    /// The text, with `\n` at the ends of lines and without a byte order mark.
    static String decode(SourceFile file) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(file.content());
        CharBuffer out = CharBuffer.allocate(file.content().length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new FlawException(new Flaw.NotUtf8(file.path(), lineOf(file.content(), in.position())));
        }
        String text = out.flip().toString();
        refuseNoise(file.path(), text);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }

    private static void refuseNoise(String path, String text) {
        int line = 1;
        int words = 0;
        int letters = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < ' ' && c != '\t' && c != '\r' && c != '\f' && c != 0x1b) {
                throw new FlawException(
                        new Flaw.Noise(path, line, "a control character: this is a binary file, not text"));
            }
            boolean space = Character.isWhitespace(c);
            if (!space) {
                // Scripts without spaces between the words count each character as one.
                boolean ideograph = Character.isIdeographic(c);
                letters += ideograph ? 0 : 1;
                if (!inWord && !ideograph) {
                    words++;
                }
                inWord = !ideograph;
            } else {
                inWord = false;
            }
        }
        if (letters > TOO_SHORT_TO_JUDGE && letters / Math.max(1, words) > LONGEST_AVERAGE_WORD) {
            throw new FlawException(new Flaw.Noise(
                    path, 1, "there are no words: its words have more than " + LONGEST_AVERAGE_WORD + " characters"));
        }
    }

    private static int lineOf(byte[] content, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (content[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
