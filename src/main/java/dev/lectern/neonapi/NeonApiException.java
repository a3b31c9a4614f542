package dev.lectern.neonapi;

import java.time.Duration;

/// Neon's API gave no answer that can be used. The message is for an operator: it holds no secret, and nothing that a
/// server wrote.
public final class NeonApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Duration retryAfter;

    /// What must change.
    public enum Reason {
        /// The key is refused, or may not know this.
        REFUSED,
        /// There is no such thing, or the key does not reach it.
        NOT_FOUND,
        /// The address leads to something else.
        MISCONFIGURED,
        /// Nothing: later it may answer.
        UNAVAILABLE
    }

    NeonApiException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    NeonApiException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /// After how long it may be asked again, where it says so; zero where it does not.
    public Duration retryAfter() {
        return retryAfter;
    }

    /// Whether asking again is of no use until a person has changed something.
    boolean lasts() {
        return reason != Reason.UNAVAILABLE;
    }
}
