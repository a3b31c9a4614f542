package dev.lectern.llm;

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
        REFUSED
    }

    public LanguageModelException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
