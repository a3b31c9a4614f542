package dev.lectern.retrieval;

import dev.lectern.book.Embedding;
import java.util.Optional;

/// Turns a reader's words into a vector of the same space as the passages'. Safe for many threads.
@FunctionalInterface
public interface QueryEmbedder {

    /// The unit vector that passages which answer the text are close to; empty where none can be had in time.
    ///
    /// @throws java.util.concurrent.CancellationException where the thread is interrupted
    Optional<Embedding> embedQuery(String text);
}
