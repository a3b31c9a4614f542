package dev.lectern.llm;

import org.jspecify.annotations.Nullable;

/// A model could not answer. The message is for operators, and holds neither a key nor the reader's words.
public final class LanguageModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why.
    public enum Reason {
        /// The server cannot be reached, or answers 5xx.
        UNAVAILABLE,
        /// The server did not answer in time.
        TIMEOUT,
        /// The server asks for fewer requests, or the account is used up.
        RATE_LIMITED,
        /// Key, model or URL are wrong.
        MISCONFIGURED,
        /// The server refuses this very request.
        REFUSED,
        /// The tokens that the operator allows for a day are spent. The model was not called.
        BUDGET_SPENT
    }

    /// @param cause null where the cause's own message could repeat a key or the reader's words
    public LanguageModelException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
