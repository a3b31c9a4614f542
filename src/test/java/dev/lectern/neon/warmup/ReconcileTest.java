package dev.lectern.neon.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.warmup.ComputeReport.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What Neon says against what was thought, at five minutes and 0.25 CU as configured.
class ReconcileTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final double NOTHING = 1e-9;

    private Instant now = START;
    private WarmupMonitor monitor = monitor(new Warmup(new Always(), WarmupTerms.DEFAULT));

    @Test
    void suspend_timeout_and_size_are_Neons_from_then_on() {
        monitor.reconcile(report(State.IDLE).suspend(60).cu(1).made());

        assertThat(monitor.warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(1));
        assertThat(monitor.warmup().terms().margin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(monitor.warmup().terms().cu()).isEqualTo(1);
        reader();
        assertThat(monitor.awakeUntil()).isEqualTo(now.plusSeconds(60));
        assertThat(monitor.plan().at()).isEqualTo(now.plusSeconds(55));
        pass(55);
        touch();
        assertThat(monitor.spentThisMonth()).isCloseTo(55 / 3600.0, within(NOTHING));
    }

    @Test
    void what_Neon_does_not_say_stays_as_configured() {
        monitor.reconcile(report(State.ACTIVE).made());
        assertThat(monitor.warmup()).isEqualTo(new Warmup(new Always(), WarmupTerms.DEFAULT));

        monitor.reconcile(report(State.ACTIVE).suspend(60).made());
        monitor.reconcile(report(State.ACTIVE).cu(2).made());
        assertThat(monitor.warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(5));
        assertThat(monitor.warmup().terms().cu()).isEqualTo(2);
    }

    @Test
    void a_compute_that_never_sleeps_is_left_alone_until_Neon_says_otherwise() {
        monitor.reconcile(report(State.ACTIVE).suspend(0).made());
        assertThat(monitor.plan().touch()).isFalse();
        assertThat(monitor.plan().at()).isEqualTo(Instant.MAX);
        assertThat(monitor.plan().why().get()).isEqualTo("the compute is never suspended");
        assertThat(monitor.mayWakeEarly()).isFalse();

        monitor.reconcile(report(State.IDLE).suspend(300).made());
        assertThat(monitor.plan().touch()).isTrue();
        assertThat(monitor.mayWakeEarly()).isTrue();
    }

    @Test
    void a_compute_that_is_configured_to_never_sleep_and_does_is_kept_warm() {
        monitor = monitor(new Warmup(new Always(), WarmupTerms.DEFAULT, false));
        assertThat(monitor.plan().touch()).isFalse();

        monitor.reconcile(report(State.IDLE).suspend(300).made());

        assertThat(monitor.plan().touch()).isTrue();
    }

    @Test
    void nothing_is_booked_for_time_in_which_the_compute_slept() {
        reader();
        pass(295);
        touch();
        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(295), within(NOTHING));

        pass(65);
        boolean corrected = monitor.reconcile(
                report(State.IDLE).suspendedAt(now.minusSeconds(30)).made());

        // The reader's time ended at 300 s, the compute's at 330.
        assertThat(corrected).isTrue();
        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(30), within(NOTHING));
        assertThat(monitor.ledger().cuHours()).isCloseTo(cuHours(30), within(NOTHING));
    }

    @Test
    void a_compute_that_sleeps_while_it_was_thought_awake_is_woken_and_not_merely_touched_in_time() {
        reader();
        pass(60);
        assertThat(monitor.plan().at()).isEqualTo(START.plusSeconds(295));

        monitor.reconcile(report(State.IDLE).suspendedAt(now.minusSeconds(20)).made());

        assertThat(monitor.plan().touch()).isTrue();
        assertThat(monitor.plan().at()).isEqualTo(now);
        assertThat(monitor.mayWakeEarly()).isTrue();
    }

    @Test
    void without_a_time_the_compute_sleeps_from_the_question_on() {
        touch();
        pass(100);

        assertThat(monitor.reconcile(report(State.IDLE).made())).isTrue();

        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(100), within(NOTHING));
        assertThat(monitor.awakeUntil()).isEqualTo(now);
    }

    @Test
    void work_that_was_done_is_known_better_here() {
        reader();
        pass(60);
        Instant suspended = now;
        pass(60);
        reader();
        pass(5);
        assertThat(monitor.reconcile(report(State.IDLE).made())).isFalse();
        pass(60);
        assertThat(monitor.reconcile(report(State.IDLE).suspendedAt(suspended).made()))
                .isFalse();

        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(120 + 300));
    }

    @Test
    void an_answer_that_is_older_than_the_work_since_changes_nothing() {
        ComputeReport old = report(State.IDLE).made();
        pass(1);
        reader();

        assertThat(monitor.reconcile(old)).isFalse();

        assertThat(monitor.awakeUntil()).isEqualTo(now.plusSeconds(300));
    }

    @Test
    void a_suspension_in_time_is_no_news() {
        touch();
        pass(330);
        ComputeReport suspended =
                report(State.IDLE).suspendedAt(START.plusSeconds(303)).made();

        assertThat(monitor.reconcile(suspended)).isFalse();
        assertThat(monitor.reconcile(suspended)).isFalse();

        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(300), within(NOTHING));
    }

    @Test
    void a_compute_that_others_have_woken_need_not_be_and_costs_only_what_is_added() {
        pass(1000);
        assertThat(monitor.mayWakeEarly()).isTrue();

        assertThat(monitor.reconcile(
                        report(State.ACTIVE).lastActive(now.minusSeconds(100)).made()))
                .isTrue();

        assertThat(monitor.mayWakeEarly()).isFalse();
        assertThat(monitor.plan().at()).isEqualTo(now.plusSeconds(195));
        pass(195);
        touch();
        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(295), within(NOTHING));
    }

    @Test
    void what_others_keep_awake_anyway_is_given_back() {
        touch();
        pass(200);

        monitor.reconcile(report(State.ACTIVE).lastActive(now.minusSeconds(100)).made());

        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(100), within(NOTHING));
        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(100 + 300));
    }

    @Test
    void a_touch_of_ones_own_is_not_taken_for_others() {
        touch();
        pass(100);

        // Neon's clock is a little ahead.
        assertThat(monitor.reconcile(
                        report(State.ACTIVE).lastActive(START.plusSeconds(3)).made()))
                .isFalse();

        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(300), within(NOTHING));
    }

    @Test
    void an_activity_that_explains_nothing_changes_nothing() {
        pass(1000);

        assertThat(monitor.reconcile(report(State.ACTIVE).made())).isFalse();
        assertThat(monitor.reconcile(
                        report(State.ACTIVE).lastActive(now.minusSeconds(400)).made()))
                .isFalse();

        assertThat(monitor.mayWakeEarly()).isTrue();
    }

    @Test
    void a_compute_on_its_way_from_one_to_the_other_says_nothing() {
        touch();
        pass(100);

        assertThat(monitor.reconcile(
                        report(State.CHANGING).suspendedAt(now).lastActive(now).made()))
                .isFalse();
        assertThat(monitor.reconcile(
                        report(State.UNKNOWN).suspendedAt(now).lastActive(now).made()))
                .isFalse();

        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(300));
    }

    @Test
    void a_touch_that_was_booked_on_wrong_terms_is_corrected() {
        touch();
        pass(20);
        monitor.reconcile(report(State.ACTIVE).suspend(60).made());
        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(60), within(NOTHING));
        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(60));

        monitor.reconcile(report(State.ACTIVE).suspend(600).made());
        assertThat(monitor.spentThisMonth()).isCloseTo(cuHours(600), within(NOTHING));
        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void a_disabled_compute_is_left_alone_until_somebody_enables_it() {
        monitor.reconcile(report(State.IDLE).disabled().made());
        assertThat(monitor.plan().touch()).isFalse();
        assertThat(monitor.plan().why().get()).contains("disabled");
        assertThat(monitor.mayWakeEarly()).isFalse();

        monitor.reconcile(report(State.IDLE).made());
        assertThat(monitor.plan().touch()).isTrue();
    }

    @Test
    void a_rest_for_a_quota_ends_with_readers_only() {
        monitor.halt(new Down(Down.Reason.QUOTA));

        monitor.reconcile(report(State.IDLE).made());

        assertThat(monitor.halted()).contains(new Down(Down.Reason.QUOTA));
    }

    @Test
    void what_was_learned_with_another_suspend_timeout_is_put_aside_and_taken_up_again() {
        ArrivalHistory earlier = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(1));
        for (int minute = 600; minute > 0; minute -= 10) {
            earlier.arrived(START.minusSeconds(60L * minute));
        }
        long counted = earlier.idleTimes().counted();
        monitor.restore(earlier, 0);
        reader();
        assertThat(kept().idleTimes().counted()).isZero();

        monitor.reconcile(report(State.ACTIVE).suspend(60).made());
        assertThat(kept().fits(ZoneOffset.UTC, Duration.ofMinutes(1))).isTrue();
        assertThat(kept().idleTimes().counted()).isEqualTo(counted + 1);
        assertThat(kept().last()).contains(now);

        monitor.reconcile(report(State.ACTIVE).suspend(300).made());
        monitor.reconcile(report(State.ACTIVE).suspend(60).made());
        assertThat(kept().idleTimes().counted()).isGreaterThan(counted);
    }

    @Property(tries = 300)
    void whatever_Neon_says_no_more_is_booked_than_the_time_that_passes(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9999) Integer> steps) {
        now = START;
        monitor = monitor(new Warmup(new Always(), WarmupTerms.DEFAULT));
        for (int step : steps) {
            int seconds = step % 500;
            switch (step / 500 % 5) {
                case 0 -> pass(seconds);
                case 1 -> reader();
                case 2 -> touch();
                case 3 ->
                    monitor.reconcile(report(State.IDLE)
                            .suspendedAt(now.minusSeconds(seconds))
                            .made());
                default ->
                    monitor.reconcile(report(State.ACTIVE)
                            .lastActive(now.minusSeconds(seconds))
                            .made());
            }
            assertThat(monitor.spentThisMonth())
                    .isBetween(0.0, cuHours(Duration.between(START, now).toSeconds() + 300) + NOTHING);
            assertThat(monitor.awakeUntil()).isBeforeOrEqualTo(now.plusSeconds(300));
            assertThat(monitor.plan().why().get()).isNotEmpty();
        }
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private void reader() {
        monitor.permitAcquired(Criticality.INTERACTIVE_READ, Duration.ZERO);
        monitor.workFinished(Criticality.INTERACTIVE_READ, Duration.ZERO, Permit.Outcome.SUCCESS);
    }

    private void touch() {
        monitor.touching();
        monitor.touched(true);
    }

    private ArrivalHistory kept() {
        return ArrivalHistory.of(monitor.takeUnsaved().history());
    }

    private WarmupMonitor monitor(Warmup warmup) {
        return new WarmupMonitor(warmup, ZoneOffset.UTC, (InstantSource) () -> now);
    }

    private static double cuHours(long seconds) {
        return 0.25 * seconds / 3600;
    }

    private Said report(State state) {
        return new Said(now, state, null, null, null, null, false);
    }

    /// A report in the making.
    private record Said(
            Instant at,
            State state,
            @Nullable Duration suspend,
            @Nullable Double cu,
            @Nullable Instant lastActive,
            @Nullable Instant suspendedAt,
            boolean isDisabled) {

        Said suspend(int seconds) {
            return new Said(at, state, Duration.ofSeconds(seconds), cu, lastActive, suspendedAt, isDisabled);
        }

        Said cu(double size) {
            return new Said(at, state, suspend, size, lastActive, suspendedAt, isDisabled);
        }

        Said lastActive(Instant time) {
            return new Said(at, state, suspend, cu, time, suspendedAt, isDisabled);
        }

        Said suspendedAt(Instant time) {
            return new Said(at, state, suspend, cu, lastActive, time, isDisabled);
        }

        Said disabled() {
            return new Said(at, state, suspend, cu, lastActive, suspendedAt, true);
        }

        ComputeReport made() {
            return new ComputeReport(
                    at,
                    state,
                    Optional.ofNullable(suspend),
                    cu == null ? OptionalDouble.empty() : OptionalDouble.of(cu),
                    Optional.ofNullable(lastActive),
                    Optional.ofNullable(suspendedAt),
                    isDisabled);
        }
    }
}
