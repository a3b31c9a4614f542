package dev.lectern.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model answers, and from what.
///
/// @param question the reader's words
/// @param selectedText what the reader has marked on the page
/// @param turns the recent turns of the conversation, oldest first, without this question
/// @param sources the passages that the answer may rest on, best first; nothing else may be said
public record Prompt(String question, @Nullable String selectedText, List<Turn> turns, List<Source> sources) {

    /// One turn of the conversation.
    public record Turn(Speaker speaker, String text) {}

    /// Who said something.
    public enum Speaker {
        READER,
        ASSISTANT
    }

    /// A passage with the number that the answer cites it by.
    ///
    /// @param number from 1
    /// @param heading chapter and headings
    /// @param text plain text
    /// @param similarity the cosine of question and passage, −1 to 1
    public record Source(int number, String heading, String text, double similarity) {}
}
