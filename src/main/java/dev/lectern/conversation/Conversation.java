package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A thread of questions and answers of one reader.
///
/// @param book the slug of the book that it is about; all books where null
/// @param title as the reader named it, or the beginning of its first question; null until there is either
/// @param updatedAt when the last answer was stored, or the title was changed
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Conversation(
        UUID id,
        @Nullable String book,
        @Nullable String title,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant updatedAt) {}
