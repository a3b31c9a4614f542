package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts one section into texts of about the same size, each beginning with the last sentence of the one before.
final class SectionCutter {

    /// A sentence longer than this is not repeated.
    private static final int LONGEST_OVERLAP = 40;

    /// From this size on a paragraph may be cut between its sentences.
    private static final int LONG_PARAGRAPH = 120;

    private final List<String> texts = new ArrayList<>();
    private final List<Piece> current = new ArrayList<>();
    private int size;
    private boolean onlyOverlap;

    private SectionCutter() {}

    static List<String> cut(List<Piece> pieces) {
        int total = pieces.stream().mapToInt(Piece::size).sum();
        if (total <= Splitter.LARGEST) {
            return List.of(join(pieces));
        }
        SectionCutter cutter = new SectionCutter();
        cutter.fill(pieces.stream().flatMap(piece -> small(piece).stream()).toList());
        return cutter.texts;
    }

    private void fill(List<Piece> pieces) {
        int remaining = pieces.stream().mapToInt(Piece::size).sum();
        int target = Math.ceilDiv(remaining, Math.ceilDiv(remaining, Splitter.LARGEST));
        for (Piece piece : pieces) {
            boolean block = isBlock(piece);
            int limit =
                    block && size < Splitter.SMALLEST ? Splitter.LARGEST_BLOCK + Splitter.SMALLEST : Splitter.LARGEST;
            boolean full = size + piece.size() > limit;
            boolean enough = size >= target && remaining >= Splitter.SMALLEST;
            if (!current.isEmpty() && !onlyOverlap && (full || enough)) {
                finish();
            }
            current.add(piece);
            onlyOverlap = false;
            size += piece.size();
            remaining -= piece.size();
        }
        if (!current.isEmpty()) {
            texts.add(join(current));
        }
    }

    private void finish() {
        texts.add(join(current));
        Optional<Piece> overlap = overlap(current.getLast());
        current.clear();
        overlap.ifPresent(current::add);
        onlyOverlap = true;
        size = overlap.map(Piece::size).orElse(0);
    }

    private static Optional<Piece> overlap(Piece last) {
        if (last.kind() != Piece.Kind.PROSE && last.kind() != Piece.Kind.SENTENCE) {
            return Optional.empty();
        }
        String sentence = Sentences.last(last.text());
        return sentence.isEmpty() || Piece.size(sentence) > LONGEST_OVERLAP
                ? Optional.empty()
                : Optional.of(new Piece(Piece.Kind.PROSE, sentence));
    }

    /// The piece in parts that fit into an excerpt.
    private static List<Piece> small(Piece piece) {
        return switch (piece.kind()) {
            case CODE -> piece.size() > Splitter.LARGEST_BLOCK ? byLines(piece, "") : List.of(piece);
            case TABLE ->
                piece.size() > Splitter.LARGEST_BLOCK
                        ? byLines(piece, piece.text().lines().findFirst().orElse(""))
                        : List.of(piece);
            case PROSE, SENTENCE, ITEM -> piece.size() > LONG_PARAGRAPH ? bySentences(piece) : List.of(piece);
        };
    }

    private static List<Piece> bySentences(Piece piece) {
        List<Piece> parts = new ArrayList<>();
        for (String sentence : Sentences.of(piece.text())) {
            List<String> fitting = Piece.size(sentence) > Splitter.LARGEST
                    ? Sentences.byWords(sentence, Splitter.LARGEST)
                    : List.of(sentence);
            for (String part : fitting) {
                if (!part.isBlank()) {
                    parts.add(new Piece(parts.isEmpty() ? piece.kind() : Piece.Kind.SENTENCE, part));
                }
            }
        }
        return parts;
    }

    /// @param head what each part begins with, if it is short: the first row of a table
    private static List<Piece> byLines(Piece piece, String head) {
        String repeated = Piece.size(head) > LONGEST_OVERLAP ? "" : head;
        List<Piece> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String line : (Iterable<String>) piece.text().lines()::iterator) {
            List<String> fittings =
                    Piece.size(line) > Splitter.LARGEST ? Sentences.byWords(line, Splitter.LARGEST) : List.of(line);
            for (String fitting : fittings) {
                if (!part.isEmpty() && Piece.size(part.toString()) + Piece.size(fitting) > Splitter.LARGEST) {
                    parts.add(new Piece(piece.kind(), part.toString()));
                    part.setLength(0);
                    part.append(repeated);
                }
                part.append(part.isEmpty() ? "" : "\n").append(fitting.stripTrailing());
            }
        }
        if (!part.isEmpty()) {
            parts.add(new Piece(piece.kind(), part.toString()));
        }
        return parts;
    }

    private static boolean isBlock(Piece piece) {
        return piece.kind() == Piece.Kind.CODE || piece.kind() == Piece.Kind.TABLE;
    }

    /// The text of the pieces. A sentence goes on where the one before it ended, with the blanks that the book has
    /// there; between other pieces there is a line's end or an empty line.
    static String join(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        Piece.Kind before = Piece.Kind.PROSE;
        for (Piece piece : pieces) {
            if (!text.isEmpty() && piece.kind() != Piece.Kind.SENTENCE) {
                stripTrailing(text);
                text.append(before == Piece.Kind.ITEM && piece.kind() == Piece.Kind.ITEM ? "\n" : "\n\n");
            }
            text.append(piece.text());
            before = piece.kind();
        }
        stripTrailing(text);
        return text.toString();
    }

    private static void stripTrailing(StringBuilder text) {
        while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
    }
}
