package dev.lectern.neon.failure;

import java.time.Duration;

/// What to do about a class of failures; one for each.
///
/// @param repetition whether the work may be done once more
/// @param probe how often at most the database is tried again while it cannot be had
public record Response(Repetition repetition, Duration probe) {

    /// Whether work that met the failure may be done once more.
    public enum Repetition {
        /// Whatever it did, for nothing was done.
        ALWAYS,
        /// Where doing it twice is as good as once: it reads, or a key settles it.
        IF_IDEMPOTENT,
        /// It would meet the same failure.
        NEVER
    }

    /// Soon: it passes by itself, within moments.
    static final Duration SOON = Duration.ofSeconds(1);

    /// Somebody has to do something about it.
    static final Duration LATER = Duration.ofSeconds(5);

    /// Neon's proxy caches such an answer for 30 s, so that asking sooner is useless.
    static final Duration MUCH_LATER = Duration.ofSeconds(30);

    static Response repeating(Repetition repetition) {
        return new Response(repetition, SOON);
    }

    static Response failing(Duration probe) {
        return new Response(Repetition.NEVER, probe);
    }
}
