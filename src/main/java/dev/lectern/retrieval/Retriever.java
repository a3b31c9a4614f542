package dev.lectern.retrieval;

import java.util.List;

/// Finds passages, in memory: no database round trip. Safe for many threads.
public interface Retriever {

    /// The best passages first, however little they have to do with the query: as many as it asks for, or all there
    /// are. Whether they answer it is for the caller to judge, by [Hit#similarity()].
    List<Hit> search(Query query);
}
