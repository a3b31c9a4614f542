package dev.lectern.retrieval;

import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import dev.lectern.retrieval.AnalyzedPassages.Analyzed;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The scores that one query gives to all passages of the books that are searched, which are numbered through.
///
/// @param offsets the number of each book's first passage
/// @param terms the reader's terms and their weights
/// @param lexical BM25
/// @param dense the cosine; for all passages the same where the query has no vector
/// @param fused both, 0 to 1, with feedback
@SuppressWarnings("ArrayRecordComponent") // local to one search; boxed numbers would cost more than the search
record SearchRound(
        List<BookIndex> books,
        int[] offsets,
        Map<String, Double> terms,
        double[] lexical,
        double[] dense,
        double[] fused) {

    /// A cosine that says nothing: passages that answer a question have 0.61 to 0.87, others 0.46 to 0.65.
    private static final double UNKNOWN = 0.65;

    /// Scores all passages, by words alone where the query has no vector. Scores of several books are set off against
    /// each other, so that the best of a book that
    /// has nothing to say stays below the best of one that has.
    static SearchRound over(List<BookIndex> books, Map<String, Double> terms, @Nullable Embedding query) {
        int[] offsets = new int[books.size()];
        int size = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = size;
            size += books.get(i).passages().size();
        }
        double[] lexical = new double[size];
        double[] dense = new double[size];
        for (int i = 0; i < offsets.length; i++) {
            books.get(i).score(terms, lexical, offsets[i]);
            if (query != null) {
                books.get(i).similarity(query, dense, offsets[i]);
            }
        }
        if (query == null) {
            Arrays.fill(dense, UNKNOWN);
        }
        double[] fused = Fusion.fuse(lexical, dense);
        SearchRound first = new SearchRound(books, offsets, terms, lexical, dense, fused);
        return size > 0 && Fusion.max(lexical) > 0 ? first.withFeedback() : first;
    }

    private SearchRound withFeedback() {
        List<RelevanceModel.Found> found = best(fused, RelevanceModel.passages(fused.length)).stream()
                .map(i -> new RelevanceModel.Found(books.get(bookOf(i)).terms(i - offsets[bookOf(i)]), fused[i]))
                .toList();
        Map<String, Double> expanded = RelevanceModel.expand(terms, found);
        double[] again = new double[fused.length];
        for (int i = 0; i < offsets.length; i++) {
            books.get(i).score(expanded, again, offsets[i]);
        }
        return new SearchRound(books, offsets, terms, lexical, dense, Fusion.fuse(again, dense));
    }

    boolean isEmpty() {
        return fused.length == 0;
    }

    /// The numbers of the passages with the highest scores, best first.
    List<Integer> best(double[] scores, int limit) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .limit(limit)
                .toList();
    }

    List<Passage> passages(double[] scores, int limit) {
        return best(scores, limit).stream().map(this::passage).toList();
    }

    Passage passage(int number) {
        int book = bookOf(number);
        return books.get(book).passages().get(number - offsets[book]);
    }

    Analyzed analyzed(int number) {
        int book = bookOf(number);
        return books.get(book).analyzed(number - offsets[book]);
    }

    /// How much it matters that a passage has a term; 0 where the reader did not ask for it.
    double importance(String term, int number) {
        Double weight = terms.get(term);
        return weight == null ? 0 : weight * books.get(bookOf(number)).rarity(term);
    }

    private int bookOf(int number) {
        int book = offsets.length - 1;
        while (offsets[book] > number) {
            book--;
        }
        return book;
    }
}
