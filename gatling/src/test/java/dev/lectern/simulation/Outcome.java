package dev.lectern.simulation;

/// What became of a request.
public enum Outcome {
    /// Answered as asked for.
    OK,
    /// Answered, but not stored.
    DEGRADED,
    /// Refused in the way that clients can live with: a 429 or 503 that says when to try again.
    REFUSED,
    /// Refused without a word on when to try again.
    MALFORMED,
    /// Any other status.
    WRONG,
    /// No answer at all.
    LOST;

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    static Outcome of(int status, String retryAfter, boolean degraded) {
        if (status == TOO_MANY || status == UNAVAILABLE) {
            return retryAfter.matches("\\d+") ? REFUSED : MALFORMED;
        }
        if (status < 200 || status > 299) {
            return WRONG;
        }
        return degraded ? DEGRADED : OK;
    }

    /// Whether no client should ever see it.
    public boolean broken() {
        return this == MALFORMED || this == WRONG || this == LOST;
    }
}
