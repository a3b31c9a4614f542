package dev.lectern.conversation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a reader thinks of an answer.
///
/// @param rating `like`, `dislike` or neither
/// @param comment at most 2,000 characters
public record Feedback(
        @Schema(allowableValues = {"like", "dislike"}) @Nullable
        String rating,

        @Schema(maxLength = Feedback.LONGEST_COMMENT) @Nullable
        String comment) {

    private static final int LONGEST_COMMENT = 2000;

    /// This, where it is as the contract says.
    Feedback validated() {
        FieldRules.oneOf("/rating", rating, "like", "dislike");
        FieldRules.text("/comment", comment, 0, LONGEST_COMMENT);
        return this;
    }
}
