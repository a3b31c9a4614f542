package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A policy and the terms it works on: says what to do next, within the budget.
///
/// @param sleeps whether the compute is ever suspended; where it is not, there is nothing to do
public record Warmup(WarmupPolicy policy, WarmupTerms terms, boolean sleeps) {

    /// For a compute that is suspended.
    public Warmup(WarmupPolicy policy, WarmupTerms terms) {
        this(policy, terms, true);
    }

    /// The same policy on what Neon says of the compute; what it does not say is as it was.
    Warmup on(ComputeReport report) {
        Duration suspend = report.suspend().filter(Duration::isPositive).orElse(terms.suspend());
        return new Warmup(
                policy,
                terms.on(suspend, report.cu().orElse(terms.cu())),
                report.suspend().map(Duration::isPositive).orElse(sleeps));
    }

    /// Whether it ever does anything.
    boolean isActive() {
        return sleeps && !(policy instanceof Off);
    }

    /// What is to be done next if nobody comes until then.
    ///
    /// @param awakeUntil when the compute is suspended, or was
    /// @param spending what warm-up has added in this month
    public Plan next(ArrivalHistory history, Instant awakeUntil, Instant now, Spending spending) {
        if (!sleeps) {
            return new Plan(Instant.MAX, false, () -> "the compute is never suspended");
        }
        double bar = 0;
        if (terms.budget().isPresent()) {
            double budget = terms.budget().getAsDouble();
            double left = budget - spending.spent(now);
            if (isSpent(spending, now)) {
                Instant month = spending.nextMonth(now);
                return new Plan(
                        month,
                        false,
                        () -> String.format(
                                Locale.ROOT,
                                "the month's budget of %.2f CU-hours is spent: no warm-up until %s",
                                budget,
                                month));
            }
            bar = history.barFor(left / (terms.cu() * spending.hoursLeft(now)));
        }
        Instant asleep = awakeUntil.isAfter(now) ? awakeUntil : now;
        Wish wish = policy.wish(asleep, new Outlook(history, terms, bar));
        boolean keeps = wish.warm() && !wish.at().isAfter(awakeUntil) && awakeUntil.isAfter(now);
        return new Plan(keeps ? latest(awakeUntil, now) : wish.at(), wish.warm(), wish.why());
    }

    /// The last sensible moment to keep awake what is awake.
    private Instant latest(Instant awakeUntil, Instant now) {
        Instant latest = awakeUntil.minus(terms.margin());
        return latest.isAfter(now) ? latest : now;
    }

    /// Whether the month's budget does not pay for one more touch.
    public boolean isSpent(Spending spending, Instant now) {
        return terms.budget().isPresent()
                && terms.budget().getAsDouble() - spending.spent(now) < terms.cuHours(terms.suspend());
    }
}
