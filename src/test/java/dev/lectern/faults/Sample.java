package dev.lectern.faults;

import java.time.Duration;

/// What one request got.
///
/// @param start when it began, on the monotonic clock
/// @param took until its answer was there whole
/// @param status the HTTP status; 0 where the connection ended without one
/// @param type the slug of the problem, or nothing
record Sample(Kind kind, long start, Duration took, int status, String type) {

    /// What is asked for.
    enum Kind {
        READ,
        WRITE
    }

    boolean served() {
        return status >= 200 && status < 300;
    }

    /// Told honestly that it cannot be done now.
    boolean refused() {
        return status == 503 || status == 429;
    }

    boolean failed() {
        return !served() && !refused();
    }

    long end() {
        return start + took.toNanos();
    }
}
