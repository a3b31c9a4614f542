package dev.lectern.conversation;

import org.jspecify.annotations.Nullable;

/// What a reader thinks of an answer.
///
/// @param rating `like`, `dislike` or neither
/// @param comment at most 2,000 characters
public record Feedback(@Nullable String rating, @Nullable String comment) {

    private static final int LONGEST_COMMENT = 2000;

    /// This, where it is as the contract says.
    Feedback validated() {
        FieldRules.oneOf("/rating", rating, "like", "dislike");
        FieldRules.text("/comment", comment, 0, LONGEST_COMMENT);
        return this;
    }
}
