package dev.lectern.retrieval;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The tokenizer of uncased BERT models: words, then their longest known pieces.
///
/// The native tokenizer that usually comes with such models does the same, but unpacks libraries into the user's home
/// and asks the cloud's metadata service where it runs.
///
/// @see <a href="https://github.com/google-research/bert/blob/master/tokenization.py">BERT's own tokenizer</a>
final class WordPieceTokenizer {

    /// Longer words are unknown, as BERT's own tokenizer has it.
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int start;
    private final int end;
    private final int unknown;

    WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.start = special("[CLS]");
        this.end = special("[SEP]");
        this.unknown = special("[UNK]");
    }

    /// Reads the vocabulary from a `tokenizer.json` as Hugging Face has it.
    static WordPieceTokenizer read(InputStream json) throws IOException {
        try (JsonParser parser = new ObjectMapper().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("vocab")) {
                    return new WordPieceTokenizer(vocabulary(parser));
                }
            }
        }
        throw new IOException("The tokenizer has no vocabulary");
    }

    private static Map<String, Integer> vocabulary(JsonParser parser) throws IOException {
        Map<String, Integer> vocabulary = HashMap.newHashMap(32_000);
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String piece = parser.currentName();
            vocabulary.put(piece, parser.nextIntValue(-1));
        }
        return vocabulary;
    }

    /// The pieces' numbers between the marks of start and end, at most `limit` in all: the rest of the text is cut off.
    long[] encode(String text, int limit) {
        Pieces pieces = new Pieces(limit - 1);
        pieces.add(start);
        String clean = normalize(text);
        int from = -1;
        for (int i = 0; i < clean.length() && !pieces.full(); ) {
            int c = clean.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean alone = isPunctuation(c) || isIdeograph(c);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (alone || space) {
                addWord(clean, from, i, pieces);
                from = -1;
                if (alone) {
                    addWord(clean, i, next, pieces);
                }
            } else if (from < 0) {
                from = i;
            }
            i = next;
        }
        addWord(clean, from, clean.length(), pieces);
        return pieces.endingWith(end);
    }

    private void addWord(String text, int from, int to, Pieces pieces) {
        if (from < 0 || pieces.full()) {
            return;
        }
        if (text.codePointCount(from, to) > LONGEST_WORD) {
            pieces.add(unknown);
            return;
        }
        int[] found = new int[to - from];
        int count = 0;
        for (int at = from; at < to; ) {
            int stop = to;
            Integer id = null;
            while (stop > at) {
                String piece = text.substring(at, stop);
                id = vocabulary.get(at == from ? piece : "##" + piece);
                if (id != null) {
                    break;
                }
                stop--;
            }
            if (id == null) {
                pieces.add(unknown);
                return;
            }
            found[count++] = id;
            at = stop;
        }
        for (int i = 0; i < count; i++) {
            pieces.add(found[i]);
        }
    }

    private static String normalize(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .filter(c -> Character.isWhitespace(c) || !isControl(c))
                .map(Character::toLowerCase)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> c == 0xFFFD;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > ' ' && c != 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isIdeograph(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN && Character.isIdeographic(c);
    }

    private int special(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("The vocabulary lacks " + piece);
        }
        return id;
    }

    /// Pieces up to a limit.
    private static final class Pieces {

        private final int limit;
        private long[] ids = new long[64];
        private int size;

        Pieces(int limit) {
            this.limit = limit;
        }

        boolean full() {
            return size >= limit;
        }

        void add(int id) {
            if (full()) {
                return;
            }
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
            }
            ids[size++] = id;
        }

        long[] endingWith(int id) {
            long[] all = Arrays.copyOf(ids, size + 1);
            all[size] = id;
            return all;
        }
    }
}
