package dev.lectern.answer;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Is told how answers come about, on the thread of the request: a method must be quick, and must not throw.
public interface AnswerListener {

    /// Listens to nothing.
    AnswerListener NONE = new AnswerListener() {};

    /// All of these, one after the other.
    static AnswerListener all(AnswerListener... listeners) {
        return new AnswerListeners(List.of(listeners));
    }

    /// How a language model's call ended.
    enum Ending {
        /// The answer is whole.
        WHOLE,
        /// The reader wanted no more of it or was gone, or it took too long.
        STOPPED,
        /// The model could not go on.
        FAILED
    }

    /// Passages were looked for.
    default void searched(Duration took) {}

    /// A language model's call has ended.
    ///
    /// @param model its name
    /// @param firstText from the call to the first text for the reader; null where there was none
    /// @param took the whole call
    default void modelEnded(String model, Ending ending, @Nullable Duration firstText, Duration took) {}

    /// The answer is less than it could be.
    ///
    /// @param reason a slug, as the answer shows it
    default void degraded(String reason) {}
}
