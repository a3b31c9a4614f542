package dev.lectern.llm;

import org.jspecify.annotations.Nullable;

/// What a model says of the answer that it wrote.
///
/// @param grounded whether the sources support it; false where the model said that the book has no answer
/// @param tokens what prompt and answer cost, as the provider counts; null where it does not say
public record Reply(boolean grounded, @Nullable Long tokens) {

    /// Of a model whose tokens nobody counts.
    public Reply(boolean grounded) {
        this(grounded, null);
    }
}
