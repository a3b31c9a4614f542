package dev.lectern.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lectern.book.manuscript.Heading;
import dev.lectern.persistence.Database;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Books in the database.
final class BookDao {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Heading>> HEADINGS = new TypeReference<>() {};

    /// Rows sent to the server at once.
    private static final int BATCH = 500;

    private final Database database;

    BookDao(Database database) {
        this.database = database;
    }

    /// Which books there are, and in which edition.
    ///
    /// @param editions by slug
    record Catalogue(long revision, Map<String, UUID> editions) {}

    /// A book as it is stored, with the model of each passage's embedding.
    record StoredBook(Book book, UUID edition, List<String> models) {}

    /// One row of the catalogue.
    private record CatalogueRow(
            long revision, @Nullable String slug, @Nullable UUID edition) {}

    /// A version that has been stored.
    record Stored(long version, boolean created) {}

    Catalogue catalogue() {
        return database.background(BookDao::catalogue);
    }

    /// The same for a reader who waits for it.
    Catalogue catalogueForReader() {
        return database.read(BookDao::catalogue);
    }

    private static Catalogue catalogue(Handle handle) {
        List<CatalogueRow> rows = handle.createQuery("""
                SELECT library.revision, book.slug, book.edition
                FROM library LEFT JOIN book ON true
                """)
                .map((row, context) -> new CatalogueRow(
                        row.getLong("revision"), row.getString("slug"), row.getObject("edition", UUID.class)))
                .list();
        Map<String, UUID> editions = new HashMap<>();
        for (CatalogueRow row : rows) {
            if (row.slug() != null && row.edition() != null) {
                editions.put(row.slug(), row.edition());
            }
        }
        return new Catalogue(rows.getFirst().revision(), editions);
    }

    /// A book whole, in one version, however many imports happen meanwhile.
    Optional<StoredBook> book(String slug) {
        return database.transaction(same -> {
            // Not by way of the driver, which would set the session: a pooler may give that to another.
            same.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            List<Chapter> chapters = chapters(same, slug);
            List<StoredPassage> passages = passages(same, slug);
            return same.createQuery("SELECT slug, title, base_url, version, edition FROM book WHERE slug = :slug")
                    .bind("slug", slug)
                    .map((row, context) -> new StoredBook(
                            new Book(
                                    row.getString("slug"),
                                    row.getString("title"),
                                    url(row.getString("base_url")),
                                    row.getLong("version"),
                                    chapters,
                                    passages.stream()
                                            .map(StoredPassage::passage)
                                            .toList()),
                            row.getObject("edition", UUID.class),
                            passages.stream().map(StoredPassage::model).toList()))
                    .findOne();
        });
    }

    private static @Nullable URI url(@Nullable String url) {
        return url == null ? null : URI.create(url);
    }

    private static List<Chapter> chapters(Handle handle, String book) {
        return handle.createQuery("""
                SELECT slug, title, url, markdown, headings
                FROM chapter WHERE book = :book ORDER BY position
                """)
                .bind("book", book)
                .map((row, context) -> new Chapter(
                        row.getString("slug"),
                        row.getString("title"),
                        row.getString("url"),
                        row.getString("markdown"),
                        headings(row.getString("headings"))))
                .list();
    }

    private record StoredPassage(Passage passage, String model) {}

    private static List<StoredPassage> passages(Handle handle, String book) {
        return handle.createQuery("""
                SELECT id, book, chapter, chapter_title, headings, url, anchor, text, model, embedding
                FROM passage WHERE book = :book ORDER BY position
                """)
                .bind("book", book)
                .map((row, context) -> new StoredPassage(passage(row), row.getString("model")))
                .list();
    }

    private static Passage passage(ResultSet row) throws SQLException {
        return new Passage(
                row.getObject("id", UUID.class),
                row.getString("book"),
                row.getString("chapter"),
                row.getString("chapter_title"),
                List.copyOf(Arrays.asList((String[]) row.getArray("headings").getArray())),
                row.getString("url"),
                row.getString("anchor"),
                row.getString("text"),
                StoredEmbedding.of(row.getBytes("embedding")));
    }

    /// The embeddings that a book's passages have of one model, by the hash of what they stand for.
    Map<String, Embedding> embeddings(String book, String model) {
        return database.background(handle -> handle.createQuery("""
                SELECT encode(content_hash, 'hex') AS hash, embedding
                FROM passage WHERE book = :book AND model = :model
                """)
                .bind("book", book)
                .bind("model", model)
                .reduceRows(new HashMap<String, Embedding>(), (found, row) -> {
                    found.put(
                            row.getColumn("hash", String.class),
                            StoredEmbedding.of(row.getColumn("embedding", byte[].class)));
                    return found;
                }));
    }

    /// Puts a book in the place of its former version, at once for all readers. Imports queue at the library's row.
    ///
    /// @param hashes of what the passages' embeddings stand for, in the passages' order
    Stored replace(Book book, List<String> hashes, String model, Instant at) {
        return database.transaction(handle -> {
            long version = nextRevision(handle);
            boolean created = upsert(handle, book, version, at);
            deleteChapters(handle, book.slug());
            deletePassages(handle, book.slug());
            insertChapters(handle, book);
            insertPassages(handle, book, hashes, model);
            return new Stored(version, created);
        });
    }

    private static long nextRevision(Handle handle) {
        return handle.createQuery("UPDATE library SET revision = revision + 1 RETURNING revision")
                .mapTo(Long.class)
                .one();
    }

    private static boolean upsert(Handle handle, Book book, long version, Instant at) {
        // A row that no transaction has replaced yet has no xmax.
        return handle.createQuery("""
                INSERT INTO book (slug, title, base_url, version, imported_at)
                VALUES (:slug, :title, :baseUrl, :version, :at)
                ON CONFLICT (slug) DO UPDATE
                SET edition = excluded.edition, title = excluded.title, base_url = excluded.base_url,
                    version = excluded.version, imported_at = excluded.imported_at
                RETURNING xmax = 0 AS created
                """)
                .bind("slug", book.slug())
                .bind("title", book.title())
                .bind("baseUrl", book.baseUrl() == null ? null : book.baseUrl().toString())
                .bind("version", version)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .mapTo(Boolean.class)
                .one();
    }

    private static void deleteChapters(Handle handle, String book) {
        handle.createUpdate("DELETE FROM chapter WHERE book = :book")
                .bind("book", book)
                .execute();
    }

    private static void deletePassages(Handle handle, String book) {
        handle.createUpdate("DELETE FROM passage WHERE book = :book")
                .bind("book", book)
                .execute();
    }

    private static void insertChapters(Handle handle, Book book) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chapter (book, position, slug, title, url, markdown, headings)
                VALUES (:book, :position, :slug, :title, :url, :markdown, :headings::jsonb)
                """);
        int position = 0;
        for (Chapter chapter : book.chapters()) {
            batch.bind("book", book.slug())
                    .bind("position", position++)
                    .bind("slug", chapter.slug())
                    .bind("title", chapter.title())
                    .bind("url", chapter.url())
                    .bind("markdown", chapter.markdown())
                    .bind("headings", json(chapter.headings()))
                    .add();
            if (batch.size() == BATCH) {
                batch.execute();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void insertPassages(Handle handle, Book book, List<String> hashes, String model) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO passage (id, book, position, chapter, chapter_title, headings, url, anchor, text,
                                     content_hash, model, embedding)
                VALUES (:id, :book, :position, :chapter, :chapterTitle, :headings, :url, :anchor, :text,
                        decode(:hash, 'hex'), :model, :embedding)
                """);
        for (int i = 0; i < book.passages().size(); i++) {
            Passage passage = book.passages().get(i);
            batch.bind("id", passage.id())
                    .bind("book", passage.book())
                    .bind("position", i)
                    .bind("chapter", passage.chapter())
                    .bind("chapterTitle", passage.chapterTitle())
                    .bindArray("headings", String.class, passage.headings())
                    .bind("url", passage.url())
                    .bind("anchor", passage.anchor())
                    .bind("text", passage.text())
                    .bind("hash", hashes.get(i))
                    .bind("model", model)
                    .bind("embedding", StoredEmbedding.bytes(passage.embedding()))
                    .add();
            if (batch.size() == BATCH) {
                batch.execute();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static String json(List<Heading> headings) {
        try {
            return JSON.writeValueAsString(headings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of strings and numbers
        }
    }

    private static List<Heading> headings(String json) {
        try {
            return JSON.readValue(json, HEADINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the headings of a chapter are not as this version writes them", e);
        }
    }
}
