package dev.lectern.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Citation;
import dev.lectern.conversation.Timings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An answer as the API shows it.
///
/// @param role always `assistant`
/// @param content refers to citations as `[1]`; absent where it was streamed before
/// @param stopped whether it was ended before its end; absent where not
/// @param saved whether the conversation holds it
/// @param degraded absent where nothing was amiss
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerReply(
        UUID id,
        UUID conversationId,
        String role,
        @Nullable String content,
        List<Citation> citations,
        boolean grounded,
        @Nullable Boolean stopped,
        String model,
        boolean saved,
        @Nullable Degraded degraded,
        Timings timings,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant createdAt) {

    static AnswerReply saved(Answer answer, @Nullable Degraded degraded) {
        return of(answer, true, degraded);
    }

    static AnswerReply unsaved(Answer answer, @Nullable Degraded degraded) {
        return of(answer, false, degraded);
    }

    AnswerReply withoutContent() {
        return new AnswerReply(
                id,
                conversationId,
                role,
                null,
                citations,
                grounded,
                stopped,
                model,
                saved,
                degraded,
                timings,
                createdAt);
    }

    private static AnswerReply of(Answer answer, boolean saved, @Nullable Degraded degraded) {
        return new AnswerReply(
                answer.id(),
                answer.conversation(),
                "assistant",
                answer.content(),
                answer.citations(),
                answer.grounded(),
                answer.stopped() ? true : null,
                answer.model(),
                saved,
                degraded,
                answer.timings(),
                answer.createdAt());
    }
}
