package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.ExportRows.Place;
import dev.lectern.conversation.ExportRows.Row;
import dev.lectern.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// All that is kept of one reader. Each method is one statement in autocommit: one round trip.
final class PersonalDataDao {

    /// Messages and keys go with their conversation. What another deletion has taken meanwhile counts as well, so that
    /// fewer than the limit means that nothing is left of what there was.
    static final String DELETE = """
            WITH chosen AS MATERIALIZED (
                SELECT id
                FROM conversation
                WHERE reader = :reader
                ORDER BY id
                LIMIT :limit
            ), deleted AS (
                DELETE FROM conversation
                WHERE id = ANY (ARRAY(SELECT id FROM chosen))
            )
            SELECT count(*) FROM chosen
            """;

    /// The conversation of the place before comes again, with those of its messages that did not fit.
    static final String EXPORT = """
            SELECT c.id AS conversation, c.book, c.title, c.created_at AS begun_at, c.updated_at,
                   m.id, m.role, m.content, m.selected_text, m.page_url, m.citations, m.grounded, m.stopped, m.model,
                   m.timings, m.rating, m.comment, m.created_at
            FROM (
                SELECT id, book, title, created_at, updated_at
                FROM conversation
                WHERE reader = :reader AND id >= :conversation
                ORDER BY id
                LIMIT :limit
            ) c
            LEFT JOIN LATERAL (
                SELECT id, role, content, selected_text, page_url, citations, grounded, stopped, model, timings, rating,
                       comment, created_at
                FROM message
                WHERE conversation = c.id AND id > CASE WHEN c.id = :conversation THEN :message ELSE :first END
                ORDER BY id
                LIMIT :limit
            ) m ON true
            ORDER BY c.id, m.id
            LIMIT :limit
            """;

    private final Database database;
    private final MessageColumns columns = new MessageColumns();

    PersonalDataDao(Database database) {
        this.database = database;
    }

    /// Deletes the reader's oldest conversations, with their messages and keys.
    ///
    /// @return how many there were, at most the limit
    int delete(ReaderId reader, int limit) {
        return database.writeIdempotent(handle -> handle.createQuery(DELETE)
                .bind("reader", reader.value())
                .bind("limit", limit)
                .mapTo(Integer.class)
                .one());
    }

    /// The part of an export after a place.
    List<Row> export(ReaderId reader, Place after, int limit) {
        return database.read(handle -> handle.createQuery(EXPORT)
                .bind("reader", reader.value())
                .bind("conversation", after.conversation())
                .bind("message", after.message())
                .bind("first", Place.BEGINNING.message())
                .bind("limit", limit)
                .map((row, _) -> row(row))
                .list());
    }

    private Row row(ResultSet row) throws SQLException {
        Conversation conversation = new Conversation(
                row.getObject("conversation", UUID.class),
                row.getString("book"),
                row.getString("title"),
                MessageColumns.instant(row, "begun_at"),
                MessageColumns.instant(row, "updated_at"));
        return new Row(
                conversation,
                row.getObject("id") == null
                        ? null
                        : ExportedMessage.of(
                                columns.message(row), row.getString("selected_text"), row.getString("page_url")));
    }
}
