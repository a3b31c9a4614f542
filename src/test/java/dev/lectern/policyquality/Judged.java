package dev.lectern.policyquality;

import dev.lectern.cli.ArrivalTrace;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// One trace, replayed under every policy: learned from its first 70 % of time, judged on the rest.
///
/// @param others every policy but `learned`
/// @param learned the curve of `learned`, from the dearest bar to the cheapest
/// @param budgeted `learned` with a monthly budget of a quarter of what `always` adds
/// @param months how long the judged part is
record Judged(
        String name,
        Instant begin,
        Instant judgedFrom,
        Instant end,
        int arrivals,
        List<Outcome> others,
        List<Outcome> learned,
        Outcome budgeted,
        double months) {

    private static final Duration KEPT = Duration.ofDays(3 * 365);
    private static final double LEARNING = 0.7;
    private static final int POINTS = 120;
    private static final double HIGHEST_BAR = 0.8;
    private static final double LOWEST_BAR = 0.0002;
    private static final double HOURS_A_MONTH = 730;
    private static final double QUARTER = 0.25;

    static Judged of(Path file) throws IOException {
        long[] all = new ArrivalTrace(file, null).read();
        long end = all[all.length - 1];
        long[] arrivals =
                Arrays.stream(all).filter(at -> at > end - KEPT.toMillis()).toArray();
        Instant from = Replay.at(LEARNING, arrivals);
        double months = Duration.between(from, Instant.ofEpochMilli(end)).toHours() / HOURS_A_MONTH;
        Replay replay = new Replay(ZoneOffset.UTC, Duration.ofMillis(700));

        List<Replay.Candidate> candidates = new ArrayList<>();
        candidates.add(candidate("off", new Off(), WarmupTerms.DEFAULT));
        candidates.add(candidate("always", new Always(), WarmupTerms.DEFAULT));
        for (int hours : new int[] {4, 8, 12}) {
            WeeklyHours best = best(hours, arrivals, from);
            candidates.add(candidate("hours " + best, new Hours(best), WarmupTerms.DEFAULT));
        }
        for (int minutes : new int[] {15, 30, 60, 120}) {
            candidates.add(candidate(
                    "traffic " + minutes + " min", new Traffic(Duration.ofMinutes(minutes)), WarmupTerms.DEFAULT));
        }
        candidates.add(candidate("hybrid histogram", new HybridHistogram(), WarmupTerms.DEFAULT));
        int others = candidates.size();
        for (int i = 0; i < POINTS; i++) {
            double bar = HIGHEST_BAR * Math.pow(LOWEST_BAR / HIGHEST_BAR, (double) i / (POINTS - 1));
            candidates.add(candidate(String.format(Locale.ROOT, "learned, bar %.4f", bar), new Learned(), bar(bar)));
        }
        List<Outcome> outcomes = replay.run(arrivals, from, candidates, percent -> {});

        double always = outcomes.get(1).addedCuHours() / months;
        Outcome budgeted = replay.run(
                        arrivals,
                        from,
                        List.of(candidate(
                                "learned, budget",
                                new Learned(),
                                bar(LOWEST_BAR).withBudget(QUARTER * always))),
                        percent -> {})
                .getFirst();
        return new Judged(
                file.getFileName().toString().replaceFirst("\\.txt$", ""),
                Instant.ofEpochMilli(arrivals[0]),
                from,
                Instant.ofEpochMilli(end),
                arrivals.length,
                outcomes.subList(0, others),
                outcomes.subList(others, outcomes.size()),
                budgeted,
                months);
    }

    private static Replay.Candidate candidate(String name, WarmupPolicy policy, WarmupTerms terms) {
        return new Replay.Candidate(name, new Warmup(policy, terms));
    }

    /// The terms on which a cold request is worth just what a hit of this probability costs.
    private static WarmupTerms bar(double bar) {
        return WarmupTerms.DEFAULT.withColdWorth(
                WarmupTerms.DEFAULT.breakEven() * WarmupTerms.DEFAULT.coldWorth() / bar);
    }

    /// The window on weekdays in which most requests were cold without warm-up, in the part to learn from.
    private static WeeklyHours best(int hours, long[] arrivals, Instant until) {
        long[] cold = new long[24];
        for (int i = 1; i < arrivals.length && arrivals[i] < until.toEpochMilli(); i++) {
            ZonedDateTime at = Instant.ofEpochMilli(arrivals[i]).atZone(ZoneOffset.UTC);
            boolean asleep = arrivals[i] - arrivals[i - 1]
                    >= WarmupTerms.DEFAULT.suspend().toMillis();
            if (asleep && at.getDayOfWeek().getValue() <= 5) {
                cold[at.getHour()]++;
            }
        }
        int best = 0;
        long most = -1;
        for (int start = 0; start + hours <= 24; start++) {
            long sum = Arrays.stream(cold, start, start + hours).sum();
            if (sum > most) {
                most = sum;
                best = start;
            }
        }
        return WeeklyHours.parse(String.format(Locale.ROOT, "Mon-Fri %02d:00-%02d:00", best, best + hours));
    }

    Outcome other(String name) {
        return others.stream()
                .filter(outcome -> outcome.name().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /// The point of the curve with the fewest cold requests that adds no more than this.
    Outcome learnedAtCost(double addedCuHours) {
        return learned.stream()
                .filter(outcome -> outcome.addedCuHours() <= addedCuHours)
                .min(Comparator.comparingLong(Outcome::cold).thenComparingDouble(Outcome::addedCuHours))
                .orElse(other("off"));
    }

    /// The point of the curve that adds the least and has no more cold requests than this.
    Outcome learnedAtCold(long cold) {
        return learned.stream()
                .filter(outcome -> outcome.cold() <= cold)
                .min(Comparator.comparingDouble(Outcome::addedCuHours))
                .orElse(other("always"));
    }

    /// The goal's quarter of what `always` adds.
    Outcome learnedAtAQuarter() {
        return learnedAtCost(QUARTER * other("always").addedCuHours());
    }

    /// Whether no other policy with warm-up has fewer cold requests than `learned` at its cost; the ends are
    /// everybody's.
    List<Outcome> notDominated() {
        return others.stream()
                .filter(outcome ->
                        !outcome.name().equals("off") && !outcome.name().equals("always"))
                .filter(outcome -> learnedAtCost(outcome.addedCuHours()).cold() > outcome.cold())
                .toList();
    }
}
