package dev.lectern.conversation;

import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a request that renames a conversation.
///
/// @param title 1 to 200 characters
public record TitleRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = TitleRequest.LONGEST) @Nullable
        String title) {

    static final int LONGEST = 200;

    /// The title, where it is as the contract says.
    String validated() {
        if (title == null) {
            throw ProblemException.invalid("/title", "is required");
        }
        FieldRules.text("/title", title, 1, LONGEST);
        return title;
    }
}
