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

    /// Goes by the ids, which ascend with the time of their making, so that no index need be kept for it. A question
    /// without an answer touches its conversation, too. What another statement works on is left for another time.
    static final String DELETE_UNTOUCHED = """
            WITH looked AS MATERIALIZED (
                SELECT id
                FROM conversation
                WHERE id > :after AND id < :made
                ORDER BY id
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
            SELECT (SELECT count(*) FROM looked) AS looked, (SELECT count(*) FROM deleted) AS deleted,
                   (SELECT id FROM looked ORDER BY id DESC LIMIT 1) AS last
            """;

    /// What became of a part of the conversations.
    ///
    /// @param looked how many were looked at
    /// @param deleted how many of them are gone
    /// @param last the last that was looked at; null where none was
    record Part(int looked, int deleted, @Nullable UUID last) {}

    private final Database database;

    RetentionDao(Database database) {
        this.database = database;
    }

    /// Deletes conversations that nobody has touched since a moment, with their messages and keys. Empty where the
    /// database is not awake.
    ///
    /// @param after where to go on
    /// @param limit how many to look at
    Optional<Part> deleteUntouched(Instant before, UUID after, int limit) {
        return database.inPassing(handle -> handle.createQuery(DELETE_UNTOUCHED)
                .bind("before", before)
                .bind("made", firstOf(before))
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> part(row))
                .one());
    }

    /// The lowest id of those that are made from a moment on: a UUIDv7 begins with its milliseconds.
    private static UUID firstOf(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(row.getInt("looked"), row.getInt("deleted"), row.getObject("last", UUID.class));
    }
}
