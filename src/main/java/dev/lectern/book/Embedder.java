package dev.lectern.book;

import java.util.List;

/// Turns passages into vectors. Implementations are safe for many threads.
public interface Embedder {

    /// A name that changes with the model, so that stored vectors of another model are not mixed with this one's.
    String model();

    /// One unit vector for each text, in the same order.
    List<Embedding> embed(List<String> texts);
}
