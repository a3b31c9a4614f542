package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/// All that is kept of a reader: the conversations, the oldest first.
///
/// @param conversations read while they are written, and only once
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Export(
        UUID readerId,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant exportedAt,

        @ArraySchema(schema = @Schema(implementation = ExportedConversation.class))
        Iterable<ExportedConversation> conversations) {}
