package dev.lectern.retrieval;

import dev.lectern.book.Book;
import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Small books, and an embedder that knows words alone: texts that share words are near each other.
final class Texts {

    private static final int DIMENSIONS = 256;

    private Texts() {}

    static Embedding embed(String text) {
        float[] vector = new float[DIMENSIONS];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[Math.floorMod(word.hashCode(), DIMENSIONS)] += 1;
        }
        return Vectors.unit(vector);
    }

    static Optional<Embedding> query(String text) {
        return Optional.of(embed(text));
    }

    /// A passage of the chapter `chapter`, on the page `/docs/<chapter>`.
    static Passage passage(String book, String chapter, String heading, String text) {
        return new Passage(
                UUID.nameUUIDFromBytes((book + chapter + heading + text).getBytes(StandardCharsets.UTF_8)),
                book,
                chapter,
                "Chapter " + chapter,
                List.of(heading),
                "https://books.example/docs/" + chapter,
                heading.toLowerCase(Locale.ROOT).replace(' ', '-'),
                text,
                embed(heading + " " + text));
    }

    static Book book(String slug, long version, List<Passage> passages) {
        return new Book(slug, slug, null, version, List.of(), passages);
    }

    /// A book on databases with one passage for each subject.
    static Book databases(long version) {
        String book = "databases";
        List<Passage> passages = new ArrayList<>();
        passages.add(
                passage(book, "pools", "Pools", "A pool keeps connections open. The setting max_connections ends it."));
        passages.add(passage(book, "pools", "Leaks", "A leak is a connection that nobody gives back."));
        passages.add(passage(book, "nodes", "Making one", "Call rclpy.create_node once, then spin the executor."));
        passages.add(passage(book, "nodes", "Sizes", "HikariConfig has maxPoolSize for the largest size."));
        passages.add(passage(book, "sleep", "Cold starts", "A sleeping compute wakes when somebody knocks."));
        passages.add(passage(book, "sleep", "Waking", "Waking takes half a second; readers wait for it."));
        return book(book, version, passages);
    }

    /// Another book, on bread.
    static Book bread(long version) {
        return book(
                "bread",
                version,
                List.of(
                        passage("bread", "dough", "Dough", "Knead the dough until it is smooth."),
                        passage("bread", "oven", "Oven", "Bake the loaf in a hot oven for an hour.")));
    }
}
