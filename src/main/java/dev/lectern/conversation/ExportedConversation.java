package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation with all its messages, the oldest first.
///
/// @param messages read while they are written, and only once
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ExportedConversation(
        UUID id,
        @Nullable String book,
        @Nullable String title,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant updatedAt,

        @ArraySchema(arraySchema = @Schema(types = "array"), schema = @Schema(implementation = ExportedMessage.class))
        Iterable<ExportedMessage> messages) {

    static ExportedConversation of(Conversation conversation, Iterable<ExportedMessage> messages) {
        return new ExportedConversation(
                conversation.id(),
                conversation.book(),
                conversation.title(),
                conversation.createdAt(),
                conversation.updatedAt(),
                messages);
    }
}
