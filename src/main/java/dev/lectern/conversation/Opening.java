package dev.lectern.conversation;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of a question when it was to be stored.
public sealed interface Opening {

    /// It is stored, and this request is to answer it. With a key that was claimed before by a request that died, the
    /// ids are those of that request.
    ///
    /// @param conversation where both belong: with a key that a request for a new conversation claimed before, the
    ///     one that was made then
    /// @param book the conversation's book; all books where null
    /// @param turns the recent turns, oldest first, without this question
    record Opened(
            UUID conversation,
            UUID questionId,
            UUID answerId,
            @Nullable String book,
            List<Turn> turns) implements Opening {}

    /// The key was used for the same request, and this is its answer.
    record Answered(Answer answer) implements Opening {}

    /// The key was used for the same request, which is still being answered.
    record Running() implements Opening {}

    /// The key was used for another request.
    record KeyReused() implements Opening {}

    /// There is no such conversation, or it is another reader's.
    record NoConversation() implements Opening {}

    /// A question or an answer of the conversation.
    record Turn(boolean byReader, String text) {}
}
