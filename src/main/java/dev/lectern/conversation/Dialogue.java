package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import java.util.Optional;
import java.util.UUID;

/// Stores questions and answers. Each method is one round trip, and throws
/// [dev.lectern.problem.UnavailableException] where the database cannot serve in time.
public interface Dialogue {

    /// Stores a question and reads what is needed to answer it.
    ///
    /// A process must not open a question while it still answers one with the same key of the same reader: a claim
    /// that is found to be its own is taken for one whose request died.
    Opening open(Question question);

    /// The answer that the same request with the same key got before; empty where there is none. Opens nothing.
    Optional<Answer> answered(Question question);

    /// Stores the answer of an opened question, once: storing the same answer again changes nothing.
    ///
    /// @return whether it is these words that are stored: of two answers to one claim, the slower is dropped
    /// @throws dev.lectern.problem.ProblemException not-found, where the conversation was deleted meanwhile
    boolean store(Question question, Answer answer);

    /// An answer of the reader's, for a client that comes back for it.
    Optional<Answer> answer(ReaderId reader, UUID answerId);
}
