package dev.lectern.neon.warmup;

import java.time.Duration;

/// What became of the requests under a policy, and what it took.
///
/// @param requests how many were judged
/// @param cold how many of them found the compute asleep
/// @param medianWait the time that a wake added to a request, of which half had no more
/// @param p95Wait of which nineteen of twenty had no more
/// @param cuHours while the compute was awake
/// @param addedCuHours how many of them warm-up added
/// @param money for all of them, in USD
/// @param touches the statements that kept it awake or woke it
/// @param monthsSpent the months in which the budget ended before the month
/// @param mostInAMonth the CU-hours that warm-up added in the month in which it added most, those learned from included
public record Outcome(
        String name,
        long requests,
        long cold,
        Duration medianWait,
        Duration p95Wait,
        double cuHours,
        double addedCuHours,
        double money,
        long touches,
        int monthsSpent,
        double mostInAMonth) {

    /// The share of the requests that were cold.
    public double coldRate() {
        return requests == 0 ? 0 : (double) cold / requests;
    }
}
