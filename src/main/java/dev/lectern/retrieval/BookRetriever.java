package dev.lectern.retrieval;

import dev.lectern.book.Book;
import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Searches the books that were published last: BM25 and vectors, fused, after a first round whose best passages lend
/// the query their words. Where the query cannot be embedded, words alone decide.
public final class BookRetriever implements Retriever {

    /// Of the reader's words, and of the marked text: what is longer is cut off.
    private static final int OWN_TERMS = 200;

    private static final int SELECTED_TERMS = 64;

    /// What the marked text counts beside the words.
    private static final double SELECTED_WEIGHT = 0.5;

    /// How much of the score is for being on the reader's page.
    private static final double PAGE_WEIGHT = 0.2;

    private final QueryEmbedder embedder;
    private final Turns turns;
    private final BookAnalyzer analyzer = new BookAnalyzer();
    private volatile Map<String, BookIndex> indexes = Map.of();

    public BookRetriever(QueryEmbedder embedder) {
        this(embedder, new Turns("search", BgeEmbedder.CORES));
    }

    /// @param turns at the processors
    BookRetriever(QueryEmbedder embedder, Turns turns) {
        this.embedder = embedder;
        this.turns = turns;
    }

    /// Searches these books from now on. The indexes of versions that were published before are kept; those of others
    /// are built first, on the calling thread, and come into use all at once.
    public synchronized void publish(Collection<Book> books) {
        Map<String, BookIndex> next = new LinkedHashMap<>();
        for (Book book : books) {
            BookIndex current = indexes.get(book.slug());
            @SuppressWarnings(
                    "ReferenceEquality") // unchanged books are the same objects; versions recur in other databases
            boolean same = current != null && current.book() == book;
            next.put(book.slug(), same ? current : BookIndex.of(book, analyzer));
        }
        indexes = next;
    }

    /// Whether there is such a book to search.
    public boolean has(String book) {
        return indexes.containsKey(book);
    }

    @Override
    public List<Hit> search(Query query) {
        return round(query, round -> hits(round, query));
    }

    private static List<Hit> hits(SearchRound round, Query query) {
        if (round.isEmpty()) {
            return List.of();
        }
        double[] scores = favouringPage(round, query.pageUrl());
        return round.best(scores, query.limit()).stream()
                .map(i -> hit(round, i, scores[i]))
                .toList();
    }

    /// The passages in the order of words alone, of meaning alone, and of both together, the best of each first.
    public Legs legs(Query query) {
        return round(
                query,
                round -> new Legs(
                        round.passages(round.lexical(), query.limit()),
                        round.passages(round.dense(), query.limit()),
                        round.passages(round.fused(), query.limit())));
    }

    /// The same question answered in three ways.
    public record Legs(List<Passage> lexical, List<Passage> dense, List<Passage> fused) {}

    /// The words are embedded before the turn at scoring: it is not held while the model is waited for.
    private <T> T round(Query query, Function<SearchRound, T> use) {
        Map<String, BookIndex> current = indexes;
        List<BookIndex> searched = new ArrayList<>(current.values());
        if (query.book() != null) {
            BookIndex one = current.get(query.book());
            searched = one == null ? List.of() : List.of(one);
        }
        if (searched.stream().allMatch(index -> index.passages().isEmpty())) {
            return use.apply(SearchRound.over(List.of(), Map.of(), null));
        }
        List<BookIndex> books = searched;
        Embedding vector = vector(query);
        return turns.take(() -> use.apply(SearchRound.over(books, terms(query), vector)));
    }

    private Map<String, Double> terms(Query query) {
        Map<String, Double> terms = analyzer.weights(query.text(), OWN_TERMS);
        String selected = query.selectedText();
        if (selected != null) {
            analyzer.weights(selected, SELECTED_TERMS)
                    .forEach((term, weight) -> terms.merge(term, SELECTED_WEIGHT * weight, Double::sum));
        }
        return terms;
    }

    /// Null where the words cannot be embedded; the marked text goes without where it alone cannot.
    private @Nullable Embedding vector(Query query) {
        Embedding words = embedder.embedQuery(query.text()).orElse(null);
        String selected = query.selectedText();
        if (words == null || selected == null || selected.isBlank()) {
            return words;
        }
        return embedder.embedQuery(selected)
                .map(context -> {
                    float[] sum = words.vector().clone();
                    Vectors.add(sum, context, SELECTED_WEIGHT);
                    return Vectors.unit(sum);
                })
                .orElse(words);
    }

    private static double[] favouringPage(SearchRound round, @Nullable String pageUrl) {
        double[] scores = round.fused().clone();
        Page page = Page.of(pageUrl);
        if (page == null) {
            return scores;
        }
        for (int i = 0; i < scores.length; i++) {
            Page own = Page.of(round.passage(i).url());
            boolean shown = own != null && page.shows(own);
            scores[i] = (1 - PAGE_WEIGHT) * scores[i] + (shown ? PAGE_WEIGHT : 0);
        }
        return scores;
    }

    private static Hit hit(SearchRound round, int i, double score) {
        Passage passage = round.passage(i);
        String snippet = Snippet.of(round.analyzed(i), term -> round.importance(term, i));
        return new Hit(passage, score, round.dense()[i], snippet);
    }
}
