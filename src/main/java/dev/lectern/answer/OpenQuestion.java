package dev.lectern.answer;

import dev.lectern.conversation.Opening.Turn;
import dev.lectern.conversation.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question that this request is to answer.
///
/// @param question with the ids that it and its answer have
/// @param book the one book to answer from; all books where null
/// @param turns the recent turns of the conversation, oldest first
/// @param degraded why the question is not stored; null where it is
/// @param stopwatch runs since the request's arrival
record OpenQuestion(
        Generation generation,
        Question question,
        @Nullable String book,
        List<Turn> turns,
        @Nullable Degraded degraded,
        Stopwatch stopwatch) {}
