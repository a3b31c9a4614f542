package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import dev.lectern.paging.Page;
import dev.lectern.paging.PageRequest;
import dev.lectern.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Conversations and messages as their reader sees them. Each method is one statement in autocommit: one round trip.
///
/// Lists join onto the one row of `library`, so that also an empty one tells the library's revision.
final class ConversationDao {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    /// The second part finds what an earlier attempt of the same request has made. It sees nothing that was made while
    /// the first part waited for it: then the answer is empty.
    static final String INSERT = """
            WITH made AS (
                INSERT INTO conversation (id, reader, book, title, created_at, updated_at, creation_key, creation_hash)
                VALUES (:id, :reader, :book, :title, :now, :now, :key, :hash)
                ON CONFLICT DO NOTHING
                RETURNING id, book, title, created_at, updated_at, creation_hash
            )
            SELECT id, book, title, created_at, updated_at, creation_hash FROM made
            UNION ALL
            SELECT id, book, title, created_at, updated_at, creation_hash FROM conversation
            WHERE reader = :reader AND id = :id
            UNION ALL
            SELECT id, book, title, created_at, updated_at, creation_hash FROM conversation
            WHERE reader = :reader AND creation_key = :key
            LIMIT 1
            """;

    private static final String GET = """
            SELECT id, book, title, created_at, updated_at
            FROM conversation
            WHERE id = :id AND reader = :reader
            """;

    static final String LIST = """
            SELECT library.revision, c.id, c.book, c.title, c.created_at, c.updated_at
            FROM library
            LEFT JOIN LATERAL (
                SELECT id, book, title, created_at, updated_at
                FROM conversation
                WHERE reader = :reader AND id < :before
                ORDER BY id DESC
                LIMIT :limit
            ) c ON true
            ORDER BY c.id DESC
            """;

    private static final String RENAME = """
            UPDATE conversation
            SET title = :title, updated_at = greatest(updated_at, :now)
            WHERE id = :id AND reader = :reader
            RETURNING id, book, title, created_at, updated_at
            """;

    private static final String DELETE = """
            DELETE FROM conversation
            WHERE id = :id AND reader = :reader
            """;

    static final String MESSAGES = """
            SELECT library.revision, c.id AS conversation, m.id, m.role, m.content, m.citations, m.grounded, m.stopped,
                   m.model, m.timings, m.rating, m.comment, m.created_at
            FROM library
            LEFT JOIN conversation c ON c.id = :conversation AND c.reader = :reader
            LEFT JOIN LATERAL (
                SELECT id, role, content, citations, grounded, stopped, model, timings, rating, comment, created_at
                FROM message
                WHERE c.id IS NOT NULL AND conversation = :conversation AND id > :after
                ORDER BY id
                LIMIT :limit
            ) m ON true
            ORDER BY m.id
            """;

    static final String GIVE_FEEDBACK = """
            UPDATE message m
            SET rating = :rating, comment = :comment
            FROM conversation c
            WHERE m.id = :id AND m.role = 'assistant' AND c.id = m.conversation AND c.reader = :reader
            RETURNING m.rating, m.comment
            """;

    private final Database database;
    private final LongConsumer revisionSeen;
    private final MessageColumns columns = new MessageColumns();

    ConversationDao(Database database, LongConsumer revisionSeen) {
        this.database = database;
        this.revisionSeen = revisionSeen;
    }

    /// Makes a conversation, unless the same request has made one before.
    ///
    /// @return what there is now
    Created insert(ReaderId reader, Conversation conversation, @Nullable IdempotencyKey key) {
        String hash = RequestFingerprint.of(conversation);
        Optional<Created> created;
        do {
            created = database.writeIdempotent(handle -> handle.createQuery(INSERT)
                    .bind("id", conversation.id())
                    .bind("reader", reader.value())
                    .bind("book", conversation.book())
                    .bind("title", conversation.title())
                    .bind("now", conversation.createdAt())
                    .bind("key", key == null ? null : key.value())
                    .bind("hash", hash)
                    .map((row, _) -> new Created(conversation(row), hash.equals(row.getString("creation_hash"))))
                    .findOne());
        } while (created.isEmpty());
        return created.get();
    }

    /// A conversation that was made, now or by an earlier attempt.
    ///
    /// @param asAsked whether by a request for the same
    record Created(Conversation conversation, boolean asAsked) {}

    Optional<Conversation> get(ReaderId reader, UUID id) {
        return database.read(handle -> handle.createQuery(GET)
                .bind("id", id)
                .bind("reader", reader.value())
                .map((row, _) -> conversation(row))
                .findOne());
    }

    /// The newest first.
    Page<Conversation> list(ReaderId reader, PageRequest<UUID> page) {
        List<Row<Conversation>> rows = database.read(handle -> handle.createQuery(LIST)
                .bind("reader", reader.value())
                .bind("before", page.after() == null ? AFTER_ALL : page.after())
                .bind("limit", page.limit() + 1)
                .map((row, _) -> new Row<>(
                        row.getLong("revision"), true, row.getObject("id") == null ? null : conversation(row)))
                .list());
        return page(rows, page, Conversation::id);
    }

    Optional<Conversation> rename(ReaderId reader, UUID id, String title, Instant now) {
        return database.writeIdempotent(handle -> handle.createQuery(RENAME)
                .bind("id", id)
                .bind("reader", reader.value())
                .bind("title", title)
                .bind("now", now)
                .map((row, _) -> conversation(row))
                .findOne());
    }

    /// Deletes a conversation with its messages.
    ///
    /// @return whether there was one
    boolean delete(ReaderId reader, UUID id) {
        AtomicInteger attempts = new AtomicInteger();
        return database.writeIdempotent(handle -> {
            int attempt = attempts.incrementAndGet();
            int deleted = handle.createUpdate(DELETE)
                    .bind("id", id)
                    .bind("reader", reader.value())
                    .execute();
            // What a second attempt does not find, the first has deleted before its connection broke.
            return deleted > 0 || attempt > 1;
        });
    }

    /// The oldest first; empty where there is no such conversation.
    Optional<Page<Message>> messages(ReaderId reader, UUID conversation, PageRequest<UUID> page) {
        List<Row<Message>> rows = database.read(handle -> handle.createQuery(MESSAGES)
                .bind("conversation", conversation)
                .bind("reader", reader.value())
                .bind("after", page.after() == null ? BEFORE_ALL : page.after())
                .bind("limit", page.limit() + 1)
                .map((row, _) -> new Row<>(
                        row.getLong("revision"),
                        row.getObject("conversation") != null,
                        row.getObject("id") == null ? null : columns.message(row)))
                .list());
        Page<Message> messages = page(rows, page, Message::id);
        return rows.getFirst().found() ? Optional.of(messages) : Optional.empty();
    }

    /// Replaces what the reader thinks of an answer; empty where there is no such answer.
    Optional<Feedback> giveFeedback(ReaderId reader, UUID answer, Feedback feedback) {
        return database.writeIdempotent(handle -> handle.createQuery(GIVE_FEEDBACK)
                .bind("id", answer)
                .bind("reader", reader.value())
                .bind("rating", feedback.rating())
                .bind("comment", feedback.comment())
                .map((row, _) -> new Feedback(row.getString("rating"), row.getString("comment")))
                .findOne());
    }

    private record Row<T>(
            long revision, boolean found, @Nullable T item) {}

    private <T> Page<T> page(List<Row<T>> rows, PageRequest<UUID> page, Function<T, UUID> id) {
        revisionSeen.accept(rows.getFirst().revision());
        List<T> items = rows.stream().map(Row::item).filter(Objects::nonNull).toList();
        return Page.of(items, page.limit(), id);
    }

    private static Conversation conversation(ResultSet row) throws SQLException {
        return new Conversation(
                row.getObject("id", UUID.class),
                row.getString("book"),
                row.getString("title"),
                MessageColumns.instant(row, "created_at"),
                MessageColumns.instant(row, "updated_at"));
    }
}
