package dev.lectern.neonapi;

import java.time.Duration;
import java.time.Instant;

/// When Neon's API is asked next: a pure function.
///
/// @param busy how long after a question the next, while the compute works
/// @param quiet how long, while nothing happens or somebody must mend something
/// @param settling how long after it should have been suspended a compute is looked at
/// @param retry how long after the first failure the next question, doubled with each further one
record PollSchedule(Duration busy, Duration quiet, Duration settling, Duration retry) {

    /// Neon allows 700 questions a minute; this takes a hundred a day.
    static final PollSchedule DEFAULT = new PollSchedule(
            Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

    private static final int MOST_DOUBLINGS = 10;

    /// How a question ended.
    sealed interface Outcome {

        /// There was an answer.
        record Answered() implements Outcome {}

        /// There is none until somebody mends something.
        record Refused() implements Outcome {}

        /// There was none.
        ///
        /// @param times how often in a row
        /// @param retryAfter how long Neon wants to be left alone
        record Failed(int times, Duration retryAfter) implements Outcome {}
    }

    /// @param asked when the last question was asked
    /// @param lastWork when there was work last that keeps the compute awake
    /// @param awakeUntil when the compute is suspended if nobody comes, or was
    /// @param chance from 0 to 1, so that processes do not ask in step
    Instant next(Instant asked, Outcome outcome, Instant lastWork, Instant awakeUntil, double chance) {
        Duration usual = lastWork.isAfter(asked) || awakeUntil.isAfter(asked) ? busy : quiet;
        return switch (outcome) {
            case Outcome.Answered _ -> {
                Instant next = asked.plus(part(usual, 1 + chance / 4));
                Instant suspended = awakeUntil.plus(settling);
                yield suspended.isAfter(asked) && suspended.isBefore(next)
                        ? later(suspended, asked.plus(settling))
                        : next;
            }
            case Outcome.Refused _ -> asked.plus(part(quiet, 1 + chance / 4));
            case Outcome.Failed(int times, Duration retryAfter) -> {
                Duration doubled = retry.multipliedBy(1L << Math.clamp(times - 1L, 0, MOST_DOUBLINGS));
                Duration wait = doubled.compareTo(usual) < 0 ? doubled : usual;
                yield later(asked.plus(part(wait, 0.5 + chance)), asked.plus(retryAfter));
            }
        };
    }

    private static Duration part(Duration time, double factor) {
        return Duration.ofNanos((long) (time.toNanos() * factor));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
