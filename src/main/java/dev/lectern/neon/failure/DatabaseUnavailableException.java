package dev.lectern.neon.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The database could not do what was asked, in time or at all.
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DatabaseFailure failure;
    private final transient Duration retryAfter;

    /// A refusal or a failure.
    ///
    /// @param cause what the driver or a library said; null for a refusal, which then costs no stack trace
    public DatabaseUnavailableException(DatabaseFailure failure, Duration retryAfter, @Nullable Throwable cause) {
        super(failure.message(), cause, cause != null, cause != null);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    /// What kind of failure it was.
    public DatabaseFailure failure() {
        return failure;
    }

    /// How long to wait before another try.
    public Duration retryAfter() {
        return retryAfter;
    }
}
