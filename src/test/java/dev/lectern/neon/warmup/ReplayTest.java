package dev.lectern.neon.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Replay REPLAY = new Replay(ZoneOffset.UTC, Duration.ofMillis(700));
    private static final List<WarmupPolicy> POLICIES = List.of(
            new Off(),
            new Always(),
            new Hours(WeeklyHours.parse("Mon-Fri 08:00-18:00")),
            Traffic.DEFAULT,
            new HybridHistogram(),
            new Learned());

    /// Second by second, each asking the policy anew.
    @Property(tries = 60)
    void is_what_a_naive_simulation_gives(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 9_000) Integer> gaps) {
        long[] arrivals = Arrivals.after(gaps);
        for (WarmupPolicy policy : POLICIES) {
            Outcome outcome = run(arrivals, policy, WarmupTerms.DEFAULT);
            Naive naive = Naive.of(arrivals, policy, WarmupTerms.DEFAULT);

            assertThat(outcome.cold()).as(policy.name()).isEqualTo(naive.cold());
            assertThat(outcome.touches()).as(policy.name()).isEqualTo(naive.touches());
            assertThat(outcome.cuHours())
                    .as(policy.name())
                    .isCloseTo(naive.awakeSeconds() / 3600.0 * 0.25, within(1e-9));
        }
    }

    @Property(tries = 100)
    void never_adds_more_in_a_month_than_the_budget(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 200_000) Integer> gaps,
            @ForAll @DoubleRange(min = 0, max = 10) double budget) {
        for (WarmupPolicy policy : POLICIES) {
            Outcome outcome = run(Arrivals.after(gaps), policy, WarmupTerms.DEFAULT.withBudget(budget));

            assertThat(outcome.mostInAMonth()).as(policy.name()).isLessThanOrEqualTo(budget + 1e-9);
        }
    }

    @Property(tries = 100)
    void no_policy_has_fewer_cold_requests_than_always_or_takes_less_than_off(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 100_000) Integer> gaps) {
        long[] arrivals = Arrivals.after(gaps);
        Outcome off = run(arrivals, new Off(), WarmupTerms.DEFAULT);
        Outcome always = run(arrivals, new Always(), WarmupTerms.DEFAULT);

        assertThat(always.cold()).isLessThanOrEqualTo(1);
        assertThat(off.addedCuHours()).isCloseTo(0, within(1e-9));
        for (WarmupPolicy policy : POLICIES) {
            Outcome outcome = run(arrivals, policy, WarmupTerms.DEFAULT);
            assertThat(outcome.cold()).as(policy.name()).isBetween(always.cold(), off.cold());
            assertThat(outcome.cuHours()).as(policy.name()).isBetween(off.cuHours() - 1e-9, always.cuHours() + 1e-9);
        }
    }

    @Test
    void learned_wakes_before_a_lesson_and_sleeps_between_them() {
        long[] lessons = Arrivals.lessons(12, 12);
        List<Outcome> outcomes = REPLAY.run(
                lessons,
                Arrivals.START.plus(Duration.ofDays(28)),
                Stream.of(new Off(), new Always(), new Learned())
                        .map(policy -> new Replay.Candidate(policy.name(), new Warmup(policy, WarmupTerms.DEFAULT)))
                        .toList(),
                percent -> {});
        Outcome off = outcomes.getFirst();
        Outcome always = outcomes.get(1);
        Outcome learned = outcomes.getLast();

        assertThat(learned.cold()).isLessThanOrEqualTo(off.cold() / 5);
        assertThat(learned.addedCuHours()).isLessThan(always.addedCuHours() / 4);
    }

    @Test
    void what_a_hit_costs_rises_as_the_budget_is_used() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        for (long at : Arrivals.lessons(12, 12)) {
            history.arrived(at);
        }

        assertThat(history.barFor(0.001)).isGreaterThan(history.barFor(0.01));
        assertThat(history.barFor(0.01)).isGreaterThan(history.barFor(0.2));
        assertThat(history.barFor(1)).isZero();
    }

    @Test
    void a_spent_budget_ends_warm_up_until_the_next_month_and_says_so() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        history.arrived(Arrivals.START);
        Spending spending = new Spending(Arrivals.START);
        Warmup warmup = new Warmup(new Always(), WarmupTerms.DEFAULT.withBudget(2));
        spending.add(Arrivals.START, 1.99);

        Plan plan = warmup.next(history, Arrivals.START.plusSeconds(300), Arrivals.START, spending);

        assertThat(plan.touch()).isFalse();
        assertThat(plan.at()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(plan.why().get()).contains("budget of 2.00 CU-hours is spent", "2026-02-01");
    }

    @Test
    void keeps_awake_at_the_last_sensible_moment() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        history.arrived(Arrivals.START);

        Plan plan = new Warmup(Traffic.DEFAULT, WarmupTerms.DEFAULT)
                .next(history, Arrivals.START.plusSeconds(300), Arrivals.START, new Spending(Arrivals.START));

        assertThat(plan.touch()).isTrue();
        assertThat(plan.at()).isEqualTo(Arrivals.START.plusSeconds(295));
        assertThat(plan.why().get()).contains("in the last 30 minutes");
    }

    @Test
    void learned_tells_its_reason_in_frequencies() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        for (long at : Arrivals.lessons(12, 12)) {
            history.arrived(at);
        }
        Instant night = Arrivals.START.plus(Duration.ofDays(84));

        Wish wish = new Learned().wish(night, new Outlook(history, WarmupTerms.DEFAULT, 0));

        assertThat(wish.warm()).isFalse();
        assertThat(wish.why().get())
                .matches("no reader is expected at 2026-03-30T00:00:00Z: in hours like this, after \\d+ quiet minutes,"
                        + " one came within 5 minutes in \\d+\\.\\d % of the cases; staying warm pays from 7\\.4 %");
    }

    @Test
    void the_hybrid_histogram_wakes_before_the_fifth_and_keeps_until_the_99th_percentile() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        Instant last = Arrivals.START;
        for (int i = 0; i < 100; i++) {
            last = last.plus(Duration.ofHours(1));
            history.arrived(last);
        }
        Outlook outlook = new Outlook(history, WarmupTerms.DEFAULT, 0);

        assertThat(new HybridHistogram().wish(last.plusSeconds(300), outlook).at())
                .isEqualTo(last.plus(Duration.ofMinutes(54)));
        assertThat(new HybridHistogram()
                        .wish(last.plus(Duration.ofMinutes(67)), outlook)
                        .warm())
                .isTrue();
        assertThat(new HybridHistogram()
                        .wish(last.plus(Duration.ofMinutes(68)), outlook)
                        .warm())
                .isFalse();
    }

    @Test
    void the_hybrid_histogram_keeps_for_four_hours_where_it_knows_too_little() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5));
        history.arrived(Arrivals.START);
        Outlook outlook = new Outlook(history, WarmupTerms.DEFAULT, 0);

        assertThat(new HybridHistogram()
                        .wish(Arrivals.START.plus(Duration.ofMinutes(239)), outlook)
                        .warm())
                .isTrue();
        assertThat(new HybridHistogram()
                        .wish(Arrivals.START.plus(Duration.ofHours(4)), outlook)
                        .warm())
                .isFalse();
    }

    @Test
    void who_comes_while_the_compute_wakes_waits_for_the_rest() {
        long start = Arrivals.START.toEpochMilli();
        Outcome outcome = run(new long[] {start, start + 200, start + 500_000}, new Off(), WarmupTerms.DEFAULT);

        assertThat(outcome.cold()).isEqualTo(2);
        assertThat(outcome.medianWait()).isEqualTo(Duration.ofMillis(700));
        assertThat(run(new long[] {start, start + 200, start + 5000, start + 6000}, new Off(), WarmupTerms.DEFAULT)
                        .medianWait())
                .isZero();
    }

    @Test
    void refuses_arrivals_out_of_order_or_none() {
        assertThatThrownBy(() -> run(new long[] {2, 1}, new Off(), WarmupTerms.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(new long[0], new Off(), WarmupTerms.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Outcome run(long[] arrivals, WarmupPolicy policy, WarmupTerms terms) {
        return REPLAY.run(
                        arrivals,
                        Instant.EPOCH,
                        List.of(new Replay.Candidate(policy.name(), new Warmup(policy, terms))),
                        percent -> {})
                .getFirst();
    }

    /// What happens, looked at every second.
    private record Naive(long cold, long touches, long awakeSeconds) {

        static Naive of(long[] arrivals, WarmupPolicy policy, WarmupTerms terms) {
            List<Long> coming = new ArrayList<>();
            for (long arrival : arrivals) {
                coming.add(arrival / 1000);
            }
            ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, terms.suspend());
            Warmup warmup = new Warmup(policy, terms);
            long awakeUntil = coming.getFirst();
            long cold = 0;
            long touches = 0;
            long awake = 0;
            Plan plan = new Plan(Instant.MAX, false, () -> "");
            for (long second = coming.getFirst(); !coming.isEmpty(); second++) {
                while (!coming.isEmpty() && coming.getFirst() == second) {
                    cold += second >= awakeUntil ? 1 : 0;
                    history.arrived(second * 1000);
                    awakeUntil = second + terms.suspend().toSeconds();
                    coming.removeFirst();
                    plan = plan(warmup, history, awakeUntil, second);
                }
                while (plan.at().getEpochSecond() == second) {
                    if (plan.touch()) {
                        touches += coming.isEmpty() ? 0 : 1;
                        awakeUntil = second + terms.suspend().toSeconds();
                    }
                    plan = plan(warmup, history, awakeUntil, second);
                }
                awake += second < awakeUntil && !coming.isEmpty() ? 1 : 0;
            }
            return new Naive(cold, touches, awake);
        }

        private static Plan plan(Warmup warmup, ArrivalHistory history, long awakeUntil, long second) {
            Instant now = Instant.ofEpochSecond(second);
            return warmup.next(history, Instant.ofEpochSecond(awakeUntil), now, new Spending(now));
        }
    }
}
