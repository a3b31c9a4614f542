package dev.lectern.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and writes the columns of a message.
final class MessageColumns {

    private static final TypeReference<List<Citation>> CITATIONS = new TypeReference<>() {};
    private static final StoredJson NO_CITATIONS = new StoredJson("[]");

    /// What is stored outlives the version that wrote it, so it is read leniently.
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Message message(ResultSet row) throws SQLException {
        boolean answer = row.getString("role").equals("assistant");
        String rating = row.getString("rating");
        String comment = row.getString("comment");
        StoredJson citations = stored(row, "citations");
        return new Message(
                row.getObject("id", UUID.class),
                answer ? Message.Role.ASSISTANT : Message.Role.USER,
                row.getString("content"),
                citations == null ? NO_CITATIONS : citations,
                answer ? row.getBoolean("grounded") : null,
                answer ? row.getBoolean("stopped") : null,
                row.getString("model"),
                rating == null && comment == null ? null : new Feedback(rating, comment),
                instant(row, "created_at"),
                stored(row, "timings"));
    }

    Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                row.getObject("id", UUID.class),
                row.getObject("conversation", UUID.class),
                row.getObject("answers", UUID.class),
                row.getString("content"),
                citations(row),
                row.getBoolean("grounded"),
                row.getBoolean("stopped"),
                row.getString("model"),
                timings(row),
                instant(row, "created_at"));
    }

    /// A citation's or timings' JSON, as it is stored.
    String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable StoredJson stored(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : new StoredJson(text);
    }

    private List<Citation> citations(ResultSet row) throws SQLException {
        String stored = row.getString("citations");
        try {
            return stored == null ? List.of() : json.readValue(stored, CITATIONS);
        } catch (JsonProcessingException e) {
            throw new SQLException("the citations of a message cannot be read", e);
        }
    }

    private Timings timings(ResultSet row) throws SQLException {
        try {
            return json.readValue(row.getString("timings"), Timings.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("the timings of a message cannot be read", e);
        }
    }
}
