package dev.lectern.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A question as the textbook widget puts it.
///
/// @param query 1 to 4,000 characters
/// @param sessionId what an earlier reply named; a new conversation where it is absent or unknown
/// @param selectedText what the reader has marked on the page, at most 8,000 characters
/// @param bookId the slug of the book that a new conversation is about; all books where absent
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChatRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = FieldErrors.QUESTION) @Nullable
        String query,

        @Nullable String sessionId,

        @Schema(maxLength = FieldErrors.SELECTED_TEXT) @Nullable
        String selectedText,

        @Nullable String bookId) {}
