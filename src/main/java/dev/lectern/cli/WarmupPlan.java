package dev.lectern.cli;

import dev.lectern.neon.warmup.Always;
import dev.lectern.neon.warmup.Hours;
import dev.lectern.neon.warmup.HybridHistogram;
import dev.lectern.neon.warmup.Learned;
import dev.lectern.neon.warmup.Off;
import dev.lectern.neon.warmup.Outcome;
import dev.lectern.neon.warmup.Replay;
import dev.lectern.neon.warmup.Traffic;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupPolicy;
import dev.lectern.neon.warmup.WarmupTerms;
import dev.lectern.neon.warmup.WeeklyHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// What every policy would have avoided and cost, on arrivals that happened.
///
/// @param months how long that was, in months of 730 hours
/// @param policies each of them once
/// @param curve `learned` by what a cold request is worth to it, from the least; without a budget
record WarmupPlan(Instant from, Instant until, double months, List<Outcome> policies, List<Outcome> curve) {

    private static final double HOURS_A_MONTH = 730;

    /// The bars of the curve: how probable a reader must be.
    private static final double[] BARS = {0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.09, 0.06, 0.04, 0.025, 0.015, 0.008};

    /// What is asked.
    record Question(WarmupTerms terms, Duration wake, WeeklyHours hours, Duration keepFor, ZoneId zone) {}

    static WarmupPlan of(Question question, long[] arrivals, Instant from, IntConsumer progress) {
        List<Replay.Candidate> candidates = new ArrayList<>();
        Stream.<WarmupPolicy>of(
                        new Off(),
                        new Always(),
                        new Hours(question.hours()),
                        new Traffic(question.keepFor()),
                        new HybridHistogram(),
                        new Learned())
                .forEach(policy ->
                        candidates.add(new Replay.Candidate(policy.name(), new Warmup(policy, question.terms()))));
        int policies = candidates.size();
        for (double bar : BARS) {
            candidates.add(new Replay.Candidate(
                    String.format(Locale.ROOT, "learned from %.1f %%", 100 * bar),
                    new Warmup(new Learned(), priced(question.terms(), bar))));
        }
        List<Outcome> outcomes = new Replay(question.zone(), question.wake()).run(arrivals, from, candidates, progress);
        Instant until = Instant.ofEpochMilli(arrivals[arrivals.length - 1]);
        return new WarmupPlan(
                from,
                until,
                Math.max(1, Duration.between(from, until).toHours()) / HOURS_A_MONTH,
                outcomes.subList(0, policies),
                outcomes.subList(policies, outcomes.size()));
    }

    /// Terms on which a cold request is worth what a hit of this probability costs; without a budget, for a curve.
    private static WarmupTerms priced(WarmupTerms terms, double bar) {
        double price = terms.price() > 0 ? terms.price() : WarmupTerms.DEFAULT.price();
        return new WarmupTerms(
                terms.suspend(),
                terms.margin(),
                terms.cu(),
                price,
                terms.cuHours(terms.suspend()) * price / bar,
                OptionalDouble.empty());
    }
}
