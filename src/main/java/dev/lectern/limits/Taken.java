package dev.lectern.limits;

import dev.lectern.problem.Problem;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/// What came of taking one request from a bucket.
///
/// @param policy the bucket's, as `RateLimit-Policy` has it
record Taken(Limit limit, String policy, ConsumptionProbe probe) {

    private static final long SECOND = 1_000_000_000L;

    boolean isGranted() {
        return probe.isConsumed();
    }

    /// Appends it as `RateLimit` has it: what is left, and in how many seconds all is there again.
    void appendTo(StringBuilder field) {
        field.append('"')
                .append(limit.label())
                .append("\";r=")
                .append(isGranted() ? probe.getRemainingTokens() : 0)
                .append(";t=")
                .append((probe.getNanosToWaitForReset() + SECOND - 1) / SECOND);
    }

    /// What a client is told whose request was not granted.
    Problem problem() {
        return limit.problem().retryingAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
