package dev.lectern.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.access.ReaderId;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A question put to a conversation.
///
/// @param question 1 to 4,000 characters
/// @param selectedText what the reader has marked on the page, at most 8,000 characters
/// @param pageUrl the page that the reader is on: a URL or a path
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AskRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = FieldErrors.QUESTION) @Nullable
        String question,

        @Schema(maxLength = FieldErrors.SELECTED_TEXT) @Nullable
        String selectedText,

        @Schema(maxLength = FieldErrors.PAGE_URL) @Nullable String pageUrl) {

    /// The question with new ids.
    ///
    /// @throws ProblemException if a field is not as the contract says
    static Question question(
            @Nullable AskRequest body,
            ReaderId reader,
            UUID conversation,
            @Nullable IdempotencyKey key,
            Supplier<UUID> ids) {
        AskRequest request = Input.body(body);
        FieldErrors errors = new FieldErrors();
        String text = errors.question("/question", request.question);
        String selected = errors.selectedText("/selected_text", request.selectedText);
        String page = errors.pageUrl("/page_url", request.pageUrl);
        errors.throwIfAny();
        return new Question(ids.get(), ids.get(), reader, conversation, false, null, text, selected, page, key);
    }
}
