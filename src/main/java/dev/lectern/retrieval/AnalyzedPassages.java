package dev.lectern.retrieval;

import dev.lectern.book.Passage;
import dev.lectern.retrieval.BookAnalyzer.Occurrence;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The texts of a book's passages in one line, with their terms: each is analyzed when it is first found, and once. To
/// cut a snippet took a sixth of the processor's time of readers who search and ask.
final class AnalyzedPassages {

    /// A text and its terms, in their order.
    record Analyzed(String line, List<Occurrence> occurrences) {

        static Analyzed of(String text, BookAnalyzer analyzer) {
            String line = Snippet.line(text);
            return new Analyzed(line, List.copyOf(analyzer.occurrences(line)));
        }
    }

    private final List<Passage> passages;
    private final BookAnalyzer analyzer;
    private final AtomicReferenceArray<Analyzed> known;

    AnalyzedPassages(List<Passage> passages, BookAnalyzer analyzer) {
        this.passages = passages;
        this.analyzer = analyzer;
        this.known = new AtomicReferenceArray<>(passages.size());
    }

    Analyzed get(int passage) {
        Analyzed analyzed = known.get(passage);
        if (analyzed == null) {
            analyzed = Analyzed.of(passages.get(passage).text(), analyzer);
            known.set(passage, analyzed);
        }
        return analyzed;
    }
}
