package dev.lectern.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;

/// Why an answer is less than it could be.
///
/// @param reason a slug: the class of the database's failure, or `language-model-unavailable`
/// @param retryAfter whole seconds until another try is worth while
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Degraded(String reason, long retryAfter) {

    /// The language model could not answer; sentences of the book stand in for it.
    static final String LANGUAGE_MODEL = "language-model-unavailable";

    static Degraded by(UnavailableException database) {
        return new Degraded(database.reason(), wholeSeconds(database.retryAfter()));
    }

    static Degraded byLanguageModel(Duration retryAfter) {
        return new Degraded(LANGUAGE_MODEL, wholeSeconds(retryAfter));
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
