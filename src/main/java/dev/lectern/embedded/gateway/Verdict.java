package dev.lectern.embedded.gateway;

import java.time.Duration;

/// What becomes of a flight.
///
/// @param fate how it ends
/// @param delay after how much longer than usual
record Verdict(Fate fate, Duration delay) {

    /// What is usual.
    static final Verdict NONE = new Verdict(Fate.ANSWERED, Duration.ZERO);

    /// How a flight ends.
    enum Fate {
        ANSWERED,
        /// With a reset in the place of the answer.
        RESET,
        /// With the end of the connection when the server has done all.
        CUT,
        /// In the pooler's queue.
        QUEUED_TOO_LONG
    }
}
