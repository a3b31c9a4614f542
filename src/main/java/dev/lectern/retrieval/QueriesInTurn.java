package dev.lectern.retrieval;

import dev.lectern.book.Embedding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Embeds queries in turn. One whose turn does not come in time goes without a vector.
record QueriesInTurn(QueryEmbedder embedder, Turns turns, Duration patience) implements QueryEmbedder {

    @Override
    public Optional<Embedding> embedQuery(String text) {
        return turns.within(patience, () -> embedder.embedQuery(text)).flatMap(Function.identity());
    }
}
