package dev.lectern.llm;

/// What a model says of the answer that it wrote.
///
/// @param grounded whether the sources support it; false where the model said that the book has no answer
public record Reply(boolean grounded) {}
