package dev.lectern.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// 503: the database cannot serve this now. The slug names the class: `database-waking`, `database-saturated`,
/// `database-down` or `database-read-only`.
public final class UnavailableException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /// @param cause what the database or its layer said, for the log
    public UnavailableException(String slug, String detail, Duration retryAfter, @Nullable Throwable cause) {
        super(Problem.of(503, slug, "The database is not available", detail).retryingAfter(retryAfter), cause);
        this.retryAfter = retryAfter;
    }

    /// The class of the failure, a slug.
    public String reason() {
        return problem().slug();
    }

    /// How long to wait before another try.
    public Duration retryAfter() {
        return retryAfter;
    }
}
