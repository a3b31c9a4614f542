package dev.lectern.answer;

import dev.lectern.conversation.Answer;

/// What became of a request for an answer.
sealed interface Asked {

    /// It is to be written: the one who gets this must have [AnswerService#write] do so.
    record Fresh(OpenQuestion question) implements Asked {}

    /// It was written before.
    record Stored(Answer answer) implements Asked {}

    /// The conversation does not exist for this reader.
    record NoConversation() implements Asked {}
}
