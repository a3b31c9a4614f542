package dev.lectern.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.book.Book;
import dev.lectern.book.Embedder;
import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import dev.lectern.retrieval.BookRetriever;
import dev.lectern.retrieval.BookRetriever.Legs;
import dev.lectern.retrieval.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// What retrieval is worth on a collection with judgements: each document is a passage of one book, and is found by
/// the code that serves readers.
///
/// @param embeddedPerSecond documents that became vectors in a second
/// @param medianSearchMs of a whole search, embedding of the question included
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RetrievalEvaluation(
        int documents,
        int questions,
        double embeddedPerSecond,
        double medianSearchMs,
        Figures bm25,
        Figures dense,
        Figures fused,
        PairedBootstrap fusedAgainstBm25,
        PairedBootstrap fusedAgainstDense) {

    private static final String BOOK = "evaluation";
    private static final int DEPTH = 10;
    private static final int RECALL_DEPTH = 5;

    /// The means over all questions.
    ///
    /// @param ndcg10 with the grade itself as gain
    /// @param recall5 of all that is relevant
    /// @param cappedRecall5 of at most five
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Figures(double ndcg10, double recall5, double cappedRecall5, double mrr10) {}

    static RetrievalEvaluation of(
            BeirDataset dataset, Embedder embedder, BookRetriever retriever, RandomGenerator random) {
        long start = System.nanoTime();
        List<Embedding> embeddings = embedder.embed(dataset.documents().stream()
                .map(document -> document.title() + "\n" + document.text())
                .toList());
        double seconds = (System.nanoTime() - start) / 1e9;
        retriever.publish(List.of(book(dataset, embeddings)));
        List<Legs> rankings = new ArrayList<>();
        for (BeirDataset.Question question : dataset.questions()) {
            rankings.add(retriever.legs(query(question)));
        }
        Leg bm25 = new Leg(dataset, rankings, Legs::lexical);
        Leg dense = new Leg(dataset, rankings, Legs::dense);
        Leg fused = new Leg(dataset, rankings, Legs::fused);
        return new RetrievalEvaluation(
                dataset.documents().size(),
                dataset.questions().size(),
                embeddings.size() / seconds,
                medianSearchMs(dataset, retriever),
                bm25.figures(),
                dense.figures(),
                fused.figures(),
                PairedBootstrap.compare(fused.ndcg(), bm25.ndcg(), random),
                PairedBootstrap.compare(fused.ndcg(), dense.ndcg(), random));
    }

    private static Query query(BeirDataset.Question question) {
        return new Query(question.text(), BOOK, null, null, DEPTH);
    }

    private static Book book(BeirDataset dataset, List<Embedding> embeddings) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < embeddings.size(); i++) {
            BeirDataset.Document document = dataset.documents().get(i);
            passages.add(new Passage(
                    UUID.nameUUIDFromBytes(document.id().getBytes(StandardCharsets.UTF_8)),
                    BOOK,
                    document.id(),
                    document.title(),
                    List.of(),
                    "/" + i,
                    "",
                    document.text(),
                    embeddings.get(i)));
        }
        return new Book(BOOK, BOOK, null, 1, List.of(), passages);
    }

    private static double medianSearchMs(BeirDataset dataset, BookRetriever retriever) {
        double[] times = dataset.questions().stream()
                .mapToDouble(question -> {
                    long start = System.nanoTime();
                    retriever.search(query(question));
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        return times[times.length / 2];
    }

    /// One of the three ways to rank, over all questions.
    private record Leg(BeirDataset dataset, List<Legs> rankings, Function<Legs, List<Passage>> way) {

        double[] each(ToDoubleFunction<Judged> metric) {
            double[] figures = new double[rankings.size()];
            Arrays.setAll(
                    figures,
                    i -> metric.applyAsDouble(new Judged(
                            way.apply(rankings.get(i)).stream()
                                    .map(Passage::chapter)
                                    .toList(),
                            dataset.questions().get(i))));
            return figures;
        }

        double[] ndcg() {
            return each(j -> RankingMetrics.ndcg(j.ranking(), j.question().grades(), DEPTH));
        }

        Figures figures() {
            return new Figures(
                    mean(ndcg()),
                    mean(each(
                            j -> RankingMetrics.recall(j.ranking(), j.question().grades(), RECALL_DEPTH))),
                    mean(each(j -> RankingMetrics.cappedRecall(
                            j.ranking(), j.question().grades(), RECALL_DEPTH))),
                    mean(each(j -> RankingMetrics.reciprocalRank(
                            j.ranking(), j.question().grades(), DEPTH))));
        }

        private static double mean(double[] figures) {
            return Arrays.stream(figures).average().orElse(0);
        }
    }

    private record Judged(List<String> ranking, BeirDataset.Question question) {}
}
