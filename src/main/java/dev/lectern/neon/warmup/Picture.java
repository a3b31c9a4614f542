package dev.lectern.neon.warmup;

import java.time.Instant;
import java.time.ZoneId;

/// What warm-up goes by: the policy and its terms, until when the compute is awake, and the readers' arrivals.
///
/// Not thread-safe.
final class Picture {

    private final ZoneId zone;
    private final Warmup warmup;
    private final Warmth warmth;
    private ArrivalHistory history;

    /// One that remembers nothing yet.
    ///
    /// @param zone whose hours of the week count
    Picture(Warmup warmup, ZoneId zone, Instant now) {
        this.zone = zone;
        this.warmup = warmup;
        this.history = new ArrivalHistory(zone, warmup.terms().suspend());
        this.warmth = new Warmth(warmup.terms(), now.toEpochMilli());
    }

    /// The policy on its terms.
    Warmup warmup() {
        return warmup;
    }

    Warmth warmth() {
        return warmth;
    }

    ArrivalHistory history() {
        return history;
    }

    /// Remembers what an earlier process did.
    void restore(ArrivalHistory earlier, double cuHours, Instant now) {
        if (fits(earlier)) {
            history.last().ifPresent(earlier::arrived);
            history = earlier;
        }
        warmth.spending().add(now, cuHours);
    }

    /// What is to be done next.
    Plan plan(Instant now) {
        return warmup.next(history, Instant.ofEpochMilli(warmth.awakeUntil()), now, warmth.spending());
    }

    /// Whether waking for a reader who may be about to ask is of use and within the budget.
    boolean mayWakeEarly(Instant now) {
        return warmup.sleeps() && warmth.asleep(now.toEpochMilli()) && !warmup.isSpent(warmth.spending(), now);
    }

    private boolean fits(ArrivalHistory other) {
        return other.fits(zone, warmup.terms().suspend());
    }
}
