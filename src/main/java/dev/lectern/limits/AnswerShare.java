package dev.lectern.limits;

/// What an answer in the making takes of what its caller and its address may have at the same time.
@FunctionalInterface
public interface AnswerShare {

    /// Gives it back. To be called once, however the answer has ended.
    void giveBack();
}
