package dev.lectern.book;

import java.util.Collections;
import java.util.SortedMap;
import java.util.UUID;

/// All books at one moment.
///
/// @param library the id of the database that they come from
/// @param revision of that database's library
/// @param books by slug
record Shelf(UUID library, long revision, SortedMap<String, Book> books) {

    private static final UUID NOWHERE = new UUID(0, 0);

    Shelf {
        books = Collections.unmodifiableSortedMap(books);
    }

    static Shelf empty() {
        return new Shelf(NOWHERE, -1, Collections.emptySortedMap());
    }
}
