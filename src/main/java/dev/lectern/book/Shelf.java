package dev.lectern.book;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/// All books at one moment.
///
/// @param revision of the library that they come from
/// @param books by slug
/// @param editions by slug: another with each import, in whichever database
record Shelf(long revision, SortedMap<String, Book> books, Map<String, UUID> editions) {

    Shelf {
        books = Collections.unmodifiableSortedMap(books);
        editions = Map.copyOf(editions);
    }

    static Shelf empty() {
        return new Shelf(-1, Collections.emptySortedMap(), Map.of());
    }
}
