package dev.lectern.book;

import java.nio.charset.StandardCharsets;
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

    /// Another for all books of other editions, in whichever database.
    String tag() {
        StringBuilder all = new StringBuilder();
        books.keySet()
                .forEach(slug ->
                        all.append(slug).append('=').append(editions.get(slug)).append('\n'));
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static Shelf empty() {
        return new Shelf(-1, Collections.emptySortedMap(), Map.of());
    }
}
