package dev.lectern.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lectern.book.Embedding;
import java.util.Optional;

/// Remembers the vectors of the last queries: readers ask alike, and to embed takes half of a search's time.
final class RememberedQueries implements QueryEmbedder {

    /// About 2 MB of vectors.
    private static final int MOST = 1000;

    private final QueryEmbedder embedder;
    private final Cache<String, Embedding> vectors =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RememberedQueries(QueryEmbedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public Optional<Embedding> embedQuery(String text) {
        Embedding known = vectors.getIfPresent(text);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Embedding> embedding = embedder.embedQuery(text);
        embedding.ifPresent(vector -> vectors.put(text, vector));
        return embedding;
    }
}
