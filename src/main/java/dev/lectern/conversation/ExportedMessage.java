package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question or an answer with all that is kept of it.
///
/// @param selectedText what the reader had selected when asking
/// @param pageUrl where the reader was when asking
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportedMessage(
        UUID id,
        Message.Role role,
        String content,
        @Nullable String selectedText,
        @Nullable String pageUrl,
        @Schema(implementation = Citation[].class) StoredJson citations,
        @Nullable Boolean grounded,
        @Nullable Boolean stopped,
        @Nullable String model,

        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Feedback feedback,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt,

        @Schema(implementation = Timings.class) @Nullable StoredJson timings) {

    static ExportedMessage of(Message message, @Nullable String selectedText, @Nullable String pageUrl) {
        return new ExportedMessage(
                message.id(),
                message.role(),
                message.content(),
                selectedText,
                pageUrl,
                message.citations(),
                message.grounded(),
                message.stopped(),
                message.model(),
                message.feedback(),
                message.createdAt(),
                message.timings());
    }
}
