package dev.lectern.retrieval;

import dev.lectern.book.manuscript.Sentences;
import dev.lectern.retrieval.BookAnalyzer.Occurrence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Cuts out of a passage what an answer took from it: the sentences themselves where the passage has them, else those
/// that are nearest to them.
public final class CitedSnippet {

    /// Where the passage has less than this between two sentences, nothing is left out.
    private static final int GAP = 8;

    private static final int SHORTEST_PIECE = 40;
    private static final String BETWEEN = " " + Snippet.CUT + " ";

    private final String line;
    private final List<Span> sentences = new ArrayList<>();

    /// From `start` to before `end`.
    private record Span(int start, int end) {

        int length() {
            return end - start;
        }
    }

    private CitedSnippet(String line) {
        this.line = line;
        int start = 0;
        for (String sentence : Sentences.of(line)) {
            sentences.add(new Span(start, start + sentence.stripTrailing().length()));
            start += sentence.length();
        }
    }

    /// At most 240 characters with all of the sentences, or with the beginning of each where they are longer; empty
    /// where the passage has nothing of them.
    ///
    /// @param text of the passage
    /// @param cited what the answer says with a reference to it, in its own words or the passage's
    public static Optional<String> of(String text, List<String> cited) {
        CitedSnippet snippet = new CitedSnippet(Snippet.line(text));
        List<Span> found = cited.stream()
                .map(Snippet::line)
                .flatMap(sentence -> snippet.verbatim(sentence).or(() -> snippet.nearest(sentence)).stream())
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(snippet.cut(merged(found)));
    }

    /// A sentence as it stands in the passage, but for a heading before it or a full stop after it.
    private Optional<Span> verbatim(String sentence) {
        String bare = sentence.replaceFirst("\\.$", "");
        String untitled = bare.replaceFirst("^.{2,80}?(?:: | – )", "");
        for (String form : List.of(sentence, bare, untitled)) {
            int start = form.isEmpty() ? -1 : line.indexOf(form);
            if (start >= 0) {
                return Optional.of(new Span(start, start + form.length()));
            }
        }
        return Optional.empty();
    }

    /// The sentence of the passage that shares most with another, rare words before frequent ones.
    private Optional<Span> nearest(String sentence) {
        try (BookAnalyzer analyzer = new BookAnalyzer()) {
            Set<String> wanted = terms(analyzer, sentence);
            List<Set<String>> shared = new ArrayList<>();
            Map<String, Integer> frequencies = new HashMap<>();
            for (Span span : sentences) {
                Set<String> common = terms(analyzer, line.substring(span.start, span.end));
                common.retainAll(wanted);
                common.forEach(term -> frequencies.merge(term, 1, Integer::sum));
                shared.add(common);
            }
            Span best = null;
            double most = 0;
            for (int i = 0; i < shared.size(); i++) {
                double weight = shared.get(i).stream()
                        .mapToDouble(term -> 1.0 / frequencies.getOrDefault(term, 1))
                        .sum();
                if (weight > most) {
                    most = weight;
                    best = sentences.get(i);
                }
            }
            return Optional.ofNullable(best).map(span -> fromFirst(wanted, span, analyzer));
        }
    }

    /// Of an endless sentence, what begins at a word of the other.
    private Span fromFirst(Set<String> wanted, Span span, BookAnalyzer analyzer) {
        if (span.length() <= Snippet.LENGTH) {
            return span;
        }
        int skipped = analyzer.occurrences(line.substring(span.start, span.end)).stream()
                .filter(occurrence -> wanted.contains(occurrence.term()))
                .mapToInt(Occurrence::start)
                .findFirst()
                .orElse(0);
        return new Span(span.start + skipped, span.end);
    }

    private static Set<String> terms(BookAnalyzer analyzer, String text) {
        Set<String> terms = new HashSet<>();
        analyzer.occurrences(text).forEach(occurrence -> terms.add(occurrence.term()));
        return terms;
    }

    private static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span next :
                spans.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            if (!merged.isEmpty() && next.start - merged.getLast().end <= GAP) {
                Span last = merged.removeLast();
                merged.add(new Span(last.start, Math.max(last.end, next.end)));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private String cut(List<Span> pieces) {
        if (line.length() <= Snippet.LENGTH) {
            return line;
        }
        List<Span> shown = pieces.subList(0, Math.min(pieces.size(), Snippet.LENGTH / SHORTEST_PIECE));
        int marks = 2 * Snippet.CUT.length() + (shown.size() - 1) * BETWEEN.length();
        List<Span> fitting = widened(shared(shown, Snippet.LENGTH - marks), Snippet.LENGTH - marks);
        StringBuilder snippet = new StringBuilder();
        for (int i = 0; i < fitting.size(); i++) {
            Span piece = fitting.get(i);
            boolean middle = i == 0 && piece.start > 0 && !Snippet.endsSentence(line, piece.start);
            snippet.append(i > 0 ? BETWEEN : middle ? Snippet.CUT : "")
                    .append(line.substring(piece.start, piece.end).strip());
        }
        return snippet + (fitting.getLast().end < line.length() ? Snippet.CUT : "");
    }

    /// The pieces, cut where they have no room together; what a short one leaves is the longer ones'.
    private List<Span> shared(List<Span> pieces, int room) {
        int share = room / pieces.size();
        int left = room;
        int waiting = pieces.size();
        for (int length : pieces.stream().map(Span::length).sorted().toList()) {
            share = left / waiting--;
            left -= Math.min(length, share);
        }
        int most = share;
        return pieces.stream()
                .map(piece -> piece.length() <= most ? piece : new Span(piece.start, wordEnd(piece.start, most)))
                .toList();
    }

    /// What follows the last piece fills the room; at the end of the passage, whole sentences before the first do.
    private List<Span> widened(List<Span> pieces, int room) {
        int left = room - pieces.stream().mapToInt(Span::length).sum();
        List<Span> widened = new ArrayList<>(pieces);
        Span last = widened.removeLast();
        int end = Math.min(line.length(), last.end + left);
        widened.add(new Span(
                last.start, end == line.length() ? end : Math.max(last.end, wordEnd(last.start, end - last.start))));
        int unused = left - (widened.getLast().end - last.end);
        Span first = widened.removeFirst();
        int start = sentences.stream()
                .mapToInt(Span::start)
                .filter(each -> each <= first.start && first.start - each <= unused)
                .findFirst()
                .orElse(first.start);
        widened.addFirst(new Span(start, first.end));
        return widened;
    }

    private int wordEnd(int start, int length) {
        int end = line.lastIndexOf(' ', start + length);
        return end <= start ? start + length : end;
    }
}
