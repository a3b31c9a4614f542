package dev.lectern.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A model could not answer. The message is for operators, and holds neither a key nor the reader's words.
public final class LanguageModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable Duration retryAfter;

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
        BUDGET_SPENT,
        /// Those that one who asks may have of them are spent. The model was not called, and others have some.
        SHARE_SPENT
    }

    /// @param cause null where the cause's own message could repeat a key or the reader's words
    public LanguageModelException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, cause, null);
    }

    private LanguageModelException(
            Reason reason, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /// The day's tokens are spent, and the model was not called.
    ///
    /// @param retryAfter until there are tokens again
    public static LanguageModelException budgetSpent(Duration retryAfter) {
        return new LanguageModelException(Reason.BUDGET_SPENT, "the day's tokens are spent", null, retryAfter);
    }

    /// The day's tokens of the one who asks are spent, and the model was not called.
    ///
    /// @param retryAfter until there are tokens again
    public static LanguageModelException shareSpent(Duration retryAfter) {
        return new LanguageModelException(
                Reason.SHARE_SPENT, "the caller's tokens of the day are spent", null, retryAfter);
    }

    /// Whether the model was not called for want of tokens.
    public boolean isForWantOfTokens() {
        return reason == Reason.BUDGET_SPENT || reason == Reason.SHARE_SPENT;
    }

    public Reason reason() {
        return reason;
    }

    /// When another try is worth while; null where nobody knows.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
