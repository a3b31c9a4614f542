package dev.lectern.neon.warmup;

import static dev.lectern.neon.warmup.ReportedCompute.START;
import static dev.lectern.neon.warmup.ReportedCompute.cuHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.warmup.ComputeReport.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Neon's terms against the configured ones: five minutes and 0.25 CU.
class ReportedTermsTest {

    private static final double NOTHING = 1e-9;

    private ReportedCompute compute = ReportedCompute.of(new Warmup(new Always(), WarmupTerms.DEFAULT));

    @Test
    void suspend_timeout_and_size_are_Neons_from_then_on() {
        compute.monitor().reconcile(compute.report(State.IDLE).suspend(60).cu(1).made());

        assertThat(compute.monitor().warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(1));
        assertThat(compute.monitor().warmup().terms().margin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(compute.monitor().warmup().terms().cu()).isEqualTo(1);
        compute.reader();
        assertThat(compute.monitor().awakeUntil()).isEqualTo(compute.now().plusSeconds(60));
        assertThat(compute.monitor().plan().at()).isEqualTo(compute.now().plusSeconds(55));
        compute.pass(55);
        compute.touch();
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(55 / 3600.0, within(NOTHING));
    }

    @Test
    void what_Neon_does_not_say_stays_as_configured() {
        compute.monitor().reconcile(compute.report(State.ACTIVE).made());
        assertThat(compute.monitor().warmup()).isEqualTo(new Warmup(new Always(), WarmupTerms.DEFAULT));

        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(60).made());
        compute.monitor().reconcile(compute.report(State.ACTIVE).cu(2).made());
        assertThat(compute.monitor().warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(5));
        assertThat(compute.monitor().warmup().terms().cu()).isEqualTo(2);
    }

    @Test
    void a_compute_that_never_sleeps_is_left_alone_until_Neon_says_otherwise() {
        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(0).made());
        assertThat(compute.monitor().plan().touch()).isFalse();
        assertThat(compute.monitor().plan().at()).isEqualTo(Instant.MAX);
        assertThat(compute.monitor().plan().why().get()).isEqualTo("the compute is never suspended");
        assertThat(compute.monitor().mayWakeEarly()).isFalse();

        compute.monitor().reconcile(compute.report(State.IDLE).suspend(300).made());
        assertThat(compute.monitor().plan().touch()).isTrue();
        assertThat(compute.monitor().mayWakeEarly()).isTrue();
    }

    @Test
    void a_compute_that_is_configured_to_never_sleep_and_does_is_kept_warm() {
        compute = ReportedCompute.of(new Warmup(new Always(), WarmupTerms.DEFAULT, false));
        assertThat(compute.monitor().plan().touch()).isFalse();

        compute.monitor().reconcile(compute.report(State.IDLE).suspend(300).made());

        assertThat(compute.monitor().plan().touch()).isTrue();
    }

    @Test
    void a_touch_that_was_booked_on_wrong_terms_is_corrected() {
        compute.touch();
        compute.pass(20);
        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(60).made());
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(60), within(NOTHING));
        assertThat(compute.monitor().awakeUntil()).isEqualTo(START.plusSeconds(60));

        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(600).made());
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(600), within(NOTHING));
        assertThat(compute.monitor().awakeUntil()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void a_disabled_compute_is_left_alone_until_somebody_enables_it() {
        compute.monitor().reconcile(compute.report(State.IDLE).disabled().made());
        assertThat(compute.monitor().plan().touch()).isFalse();
        assertThat(compute.monitor().plan().why().get()).contains("disabled");
        assertThat(compute.monitor().mayWakeEarly()).isFalse();

        compute.monitor().reconcile(compute.report(State.IDLE).made());
        assertThat(compute.monitor().plan().touch()).isTrue();
    }

    @Test
    void a_rest_for_a_quota_ends_with_readers_only() {
        compute.monitor().halt(new Down(Down.Reason.QUOTA));

        compute.monitor().reconcile(compute.report(State.IDLE).made());

        assertThat(compute.monitor().halted()).contains(new Down(Down.Reason.QUOTA));
    }

    @Test
    void what_was_learned_with_another_suspend_timeout_is_put_aside_and_taken_up_again() {
        ArrivalHistory earlier = new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(1));
        for (int minute = 600; minute > 0; minute -= 10) {
            earlier.arrived(START.minusSeconds(60L * minute));
        }
        long counted = earlier.idleTimes().counted();
        compute.monitor().restore(earlier, 0);
        compute.reader();
        assertThat(compute.kept().idleTimes().counted()).isZero();

        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(60).made());
        assertThat(compute.kept().fits(ZoneOffset.UTC, Duration.ofMinutes(1))).isTrue();
        assertThat(compute.kept().idleTimes().counted()).isEqualTo(counted + 1);
        assertThat(compute.kept().last()).contains(compute.now());

        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(300).made());
        compute.monitor().reconcile(compute.report(State.ACTIVE).suspend(60).made());
        assertThat(compute.kept().idleTimes().counted()).isGreaterThan(counted);
    }
}
