package dev.lectern.answer;

import dev.lectern.conversation.Opening.Opened;
import dev.lectern.conversation.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question that this request is to answer.
///
/// @param question as it was asked; the ids that count are those of `opened`
/// @param degraded why the question is not stored; null where it is
/// @param stopwatch runs since the request's arrival
record OpenQuestion(
        Generation generation,
        Question question,
        Opened opened,
        @Nullable Degraded degraded,
        Stopwatch stopwatch) {

    /// A question that the database does not know, and of whose conversation at most the book is known.
    ///
    /// @param book all books where null
    static OpenQuestion unstored(
            Generation generation, Question question, @Nullable String book, Degraded degraded, Stopwatch stopwatch) {
        Opened unknown = new Opened(question.conversation(), question.id(), question.answerId(), book, List.of());
        return new OpenQuestion(generation, question, unknown, degraded, stopwatch);
    }
}
