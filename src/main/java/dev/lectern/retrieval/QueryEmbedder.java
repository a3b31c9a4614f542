package dev.lectern.retrieval;

import dev.lectern.book.Embedding;

/// Turns a reader's words into a vector of the same space as the passages'. Safe for many threads.
@FunctionalInterface
public interface QueryEmbedder {

    /// The unit vector that passages which answer the text are close to.
    Embedding embedQuery(String text);
}
