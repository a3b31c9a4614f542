package dev.lectern.cli.probe;

import dev.lectern.neon.failure.DatabaseFailure;
import org.jspecify.annotations.Nullable;

/// What a step has to say to the verdict.
///
/// @param failure the class of failure, such as `saturated/slots`, in the server's own words for it; null for none
/// @param sentence what is the matter, beginning in lower case and without a full stop
/// @param next what to do about it; null for nothing
record Remark(
        Level level,
        @Nullable String failure,
        String sentence,
        @Nullable String next) {

    /// Nothing is the matter, but this is worth telling.
    static Remark note(String sentence, @Nullable String next) {
        return new Remark(Level.HEALTHY, null, sentence, next);
    }

    static Remark warning(String sentence, String next) {
        return new Remark(Level.DEGRADED, null, sentence, next);
    }

    static Remark of(DatabaseFailure failure) {
        return new Remark(Advice.level(failure), failure.slug(), failure.message(), Advice.next(failure));
    }
}
