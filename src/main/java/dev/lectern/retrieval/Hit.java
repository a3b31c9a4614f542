package dev.lectern.retrieval;

import dev.lectern.book.Passage;

/// A passage that speaks of a query.
///
/// @param passage what was found
/// @param score the fused score, 0 to 1, that hits are ordered by
/// @param similarity the cosine of query and passage, −1 to 1: comparable between queries; 0.65, which
///   speaks neither for nor against the passage, where the query could not be embedded
/// @param snippet the stretch of the passage that fits best, plain text, at most about 240 characters
public record Hit(Passage passage, double score, double similarity, String snippet) {}
