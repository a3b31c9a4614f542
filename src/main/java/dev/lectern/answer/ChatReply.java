package dev.lectern.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.conversation.Citation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An answer as the textbook widget reads it.
///
/// @param sessionId names the conversation, and lets whoever knows it go on with it
/// @param saved absent where nothing was amiss, as `degraded` is
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatReply(
        UUID id,
        UUID sessionId,
        String content,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant timestamp,

        List<RetrievedContext> retrievedContexts,
        @Nullable Boolean saved,
        @Nullable Degraded degraded) {

    /// A passage that the answer cites.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record RetrievedContext(UUID id, String content, String sourceLocation, double relevanceScore) {

        static RetrievedContext of(Citation citation) {
            String location = citation.anchor().isEmpty() ? citation.url() : citation.url() + "#" + citation.anchor();
            return new RetrievedContext(citation.passageId(), citation.snippet(), location, citation.score());
        }
    }

    static ChatReply of(AnswerReply answer) {
        boolean amiss = !answer.saved() || answer.degraded() != null;
        return new ChatReply(
                answer.id(),
                answer.conversationId(),
                answer.content() == null ? "" : answer.content(),
                answer.createdAt(),
                answer.citations().stream().map(RetrievedContext::of).toList(),
                amiss ? answer.saved() : null,
                answer.degraded());
    }
}
