package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question or an answer, as a client reads it. Questions have none of the members that may be absent.
///
/// @param grounded whether the cited passages support the answer
/// @param stopped whether the reader ended the answer before its end
/// @param feedback what the reader thinks of the answer
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        UUID id,
        Role role,
        String content,
        @Schema(implementation = Citation[].class) StoredJson citations,
        @Nullable Boolean grounded,
        @Nullable Boolean stopped,
        @Nullable String model,

        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Feedback feedback,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt,

        @Schema(implementation = Timings.class) @Nullable StoredJson timings) {

    /// Who speaks.
    public enum Role {
        @JsonProperty("user")
        USER,
        @JsonProperty("assistant")
        ASSISTANT
    }
}
