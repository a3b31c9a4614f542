package dev.lectern.llm;

import java.util.function.Consumer;

/// Writes an answer from passages.
public interface LanguageModel {

    /// What is said, and nothing else, where the sources do not answer.
    String NO_ANSWER = "The book does not answer this.";

    /// The name that answers carry.
    String name();

    /// Writes the answer, piece by piece, to `text`, on the calling thread, and returns when it is whole.
    ///
    /// Interrupting the thread ends the work within a second, whatever it waits for, and leaves no call behind.
    ///
    /// @throws LanguageModelException if the model cannot answer; what was written before stays written
    /// @throws InterruptedException if the thread was interrupted
    Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException;
}
