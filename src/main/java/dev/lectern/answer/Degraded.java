package dev.lectern.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;

/// Why an answer is less than it could be.
///
/// @param reason a slug: the class of the database's failure, or what is amiss with the language model
/// @param retryAfter whole seconds until another try is worth while
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Degraded(String reason, long retryAfter) {

    /// The language model could not answer; sentences of the book stand in for it.
    static final String LANGUAGE_MODEL = "language-model-unavailable";

    /// The language model's tokens of the day are spent, for all or for the one who asks; sentences of the book stand
    /// in for it.
    static final String LANGUAGE_MODEL_BUDGET = "language-model-budget-spent";

    static Degraded by(UnavailableException database) {
        return new Degraded(database.reason(), wholeSeconds(database.retryAfter()));
    }

    /// @param retry when to try again where the model does not say so
    static Degraded by(LanguageModelException model, Duration retry) {
        Duration wait = model.retryAfter();
        return new Degraded(
                model.isForWantOfTokens() ? LANGUAGE_MODEL_BUDGET : LANGUAGE_MODEL,
                wholeSeconds(wait == null ? retry : wait));
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
