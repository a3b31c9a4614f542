package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// What Neon says of the compute, where somebody has asked it.
///
/// @param askedAt when that was, on the clock of whoever asked
/// @param state whether it was awake
/// @param suspend after how long without activity it is suspended, zero for never; empty where Neon does not say
/// @param cu its size while nobody asks much of it: the lower limit of its autoscaling; empty where Neon does not say
/// @param lastActive when it was seen to be active last, by whomever; empty where Neon does not say
/// @param suspendedAt when it was suspended last; empty where it never was, or Neon does not say
/// @param disabled whether it cannot be woken at all
public record ComputeReport(
        Instant askedAt,
        State state,
        Optional<Duration> suspend,
        OptionalDouble cu,
        Optional<Instant> lastActive,
        Optional<Instant> suspendedAt,
        boolean disabled) {

    /// Whether a compute is awake.
    public enum State {
        /// It is awake.
        ACTIVE,
        /// It is suspended.
        IDLE,
        /// It is being made, woken, suspended or restarted.
        CHANGING,
        /// Neon says something else.
        UNKNOWN
    }
}
