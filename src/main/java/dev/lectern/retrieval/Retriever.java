package dev.lectern.retrieval;

import java.util.List;

/// Finds passages, in memory: no database round trip. Safe for many threads.
public interface Retriever {

    /// The best passages first; empty where nothing has to do with the query.
    List<Hit> search(Query query);
}
