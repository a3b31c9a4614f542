package dev.lectern.neon.warmup;

/// What a policy may know.
///
/// @param history the arrivals until now
/// @param terms what warmth costs and a cold request is worth
/// @param bar the lowest probability of a hit that the budget pays for; 0 without a budget
public record Outlook(ArrivalHistory history, WarmupTerms terms, double bar) {}
