package dev.lectern.conversation;

import dev.lectern.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Conversations by their age. One statement in autocommit: one round trip.
final class RetentionDao {

    /// Goes by the time of their making, as ids need not ascend with it: a widget's follow from its keys. That time
    /// never changes, so that its index costs no answer anything. A question without an answer touches its
    /// conversation, too. What another statement works on is left for another time.
    static final String DELETE_UNTOUCHED = """
            WITH looked AS MATERIALIZED (
                SELECT id, created_at
                FROM conversation
                WHERE created_at < :before AND (created_at, id) > (:afterMade, :afterId)
                ORDER BY created_at, id
                LIMIT :limit
            ), untouched AS MATERIALIZED (
                SELECT c.id
                FROM conversation c
                WHERE c.id = ANY (ARRAY(SELECT id FROM looked)) AND c.updated_at < :before
                    AND NOT EXISTS (SELECT FROM message m WHERE m.conversation = c.id AND m.created_at >= :before)
                FOR UPDATE OF c SKIP LOCKED
            ), deleted AS (
                DELETE FROM conversation
                WHERE id = ANY (ARRAY(SELECT id FROM untouched))
                RETURNING id
            )
            SELECT count(*) AS looked, (SELECT count(*) FROM deleted) AS deleted, max(created_at) AS last_made,
                   (array_agg(id ORDER BY created_at DESC, id DESC))[1] AS last_id
            FROM looked
            """;

    /// A conversation among all, the oldest first.
    record Place(Instant made, UUID id) {

        static final Place BEGINNING = new Place(Instant.EPOCH, new UUID(0, 0));
    }

    /// What became of a part of the conversations.
    ///
    /// @param looked how many were looked at
    /// @param deleted how many of them are gone
    /// @param last the last that was looked at; null where none was
    record Part(int looked, int deleted, @Nullable Place last) {}

    private final Database database;

    RetentionDao(Database database) {
        this.database = database;
    }

    /// Deletes conversations that nobody has touched since a moment, with their messages and keys. Empty where the
    /// database is not awake.
    ///
    /// @param after where to go on
    /// @param limit how many to look at
    Optional<Part> deleteUntouched(Instant before, Place after, int limit) {
        return database.inPassing(handle -> handle.createQuery(DELETE_UNTOUCHED)
                .bind("before", before)
                .bind("afterMade", after.made())
                .bind("afterId", after.id())
                .bind("limit", limit)
                .map((row, _) -> part(row))
                .one());
    }

    private static Part part(ResultSet row) throws SQLException {
        UUID last = row.getObject("last_id", UUID.class);
        return new Part(
                row.getInt("looked"),
                row.getInt("deleted"),
                last == null ? null : new Place(MessageColumns.instant(row, "last_made"), last));
    }
}
