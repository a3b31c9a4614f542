package dev.lectern.neon.warmup;

import static dev.lectern.neon.warmup.ReportedCompute.START;
import static dev.lectern.neon.warmup.ReportedCompute.cuHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.neon.warmup.ComputeReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// What Neon says of the compute's being awake against what was thought.
class ReconcileTest {

    private static final double NOTHING = 1e-9;

    private ReportedCompute compute = ReportedCompute.of(new Warmup(new Always(), WarmupTerms.DEFAULT));

    @Test
    void nothing_is_booked_for_time_in_which_the_compute_slept() {
        compute.reader();
        compute.pass(295);
        compute.touch();
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(295), within(NOTHING));

        compute.pass(65);
        boolean corrected = compute.monitor()
                .reconcile(compute.report(State.IDLE)
                        .suspendedAt(compute.now().minusSeconds(30))
                        .made());

        // The reader's time ended at 300 s, the compute's at 330.
        assertThat(corrected).isTrue();
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(30), within(NOTHING));
        assertThat(compute.monitor().ledger().cuHours()).isCloseTo(cuHours(30), within(NOTHING));
    }

    @Test
    void a_compute_that_sleeps_while_it_was_thought_awake_is_woken_and_not_merely_touched_in_time() {
        compute.reader();
        compute.pass(60);
        assertThat(compute.monitor().plan().at()).isEqualTo(START.plusSeconds(295));

        compute.monitor()
                .reconcile(compute.report(State.IDLE)
                        .suspendedAt(compute.now().minusSeconds(20))
                        .made());

        assertThat(compute.monitor().plan().touch()).isTrue();
        assertThat(compute.monitor().plan().at()).isEqualTo(compute.now());
        assertThat(compute.monitor().mayWakeEarly()).isTrue();
    }

    @Test
    void without_a_time_the_compute_sleeps_from_the_question_on() {
        compute.touch();
        compute.pass(100);

        assertThat(compute.monitor().reconcile(compute.report(State.IDLE).made()))
                .isTrue();

        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(100), within(NOTHING));
        assertThat(compute.monitor().awakeUntil()).isEqualTo(compute.now());
    }

    @Test
    void work_that_was_done_is_known_better_here() {
        compute.reader();
        compute.pass(60);
        Instant suspended = compute.now();
        compute.pass(60);
        compute.reader();
        compute.pass(5);
        assertThat(compute.monitor().reconcile(compute.report(State.IDLE).made()))
                .isFalse();
        compute.pass(60);
        assertThat(compute.monitor()
                        .reconcile(compute.report(State.IDLE)
                                .suspendedAt(suspended)
                                .made()))
                .isFalse();

        assertThat(compute.monitor().awakeUntil()).isEqualTo(START.plusSeconds(120 + 300));
    }

    @Test
    void an_answer_that_is_older_than_the_work_since_changes_nothing() {
        ComputeReport old = compute.report(State.IDLE).made();
        compute.pass(1);
        compute.reader();

        assertThat(compute.monitor().reconcile(old)).isFalse();

        assertThat(compute.monitor().awakeUntil()).isEqualTo(compute.now().plusSeconds(300));
    }

    @Test
    void a_suspension_in_time_is_no_news() {
        compute.touch();
        compute.pass(330);
        ComputeReport suspended =
                compute.report(State.IDLE).suspendedAt(START.plusSeconds(303)).made();

        assertThat(compute.monitor().reconcile(suspended)).isFalse();
        assertThat(compute.monitor().reconcile(suspended)).isFalse();

        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(300), within(NOTHING));
    }

    @Test
    void a_compute_that_others_have_woken_need_not_be_and_costs_only_what_is_added() {
        compute.pass(1000);
        assertThat(compute.monitor().mayWakeEarly()).isTrue();

        assertThat(compute.monitor()
                        .reconcile(compute.report(State.ACTIVE)
                                .lastActive(compute.now().minusSeconds(100))
                                .made()))
                .isTrue();

        assertThat(compute.monitor().mayWakeEarly()).isFalse();
        assertThat(compute.monitor().plan().at()).isEqualTo(compute.now().plusSeconds(195));
        compute.pass(195);
        compute.touch();
        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(295), within(NOTHING));
    }

    @Test
    void what_others_keep_awake_anyway_is_given_back() {
        compute.touch();
        compute.pass(200);

        compute.monitor()
                .reconcile(compute.report(State.ACTIVE)
                        .lastActive(compute.now().minusSeconds(100))
                        .made());

        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(100), within(NOTHING));
        assertThat(compute.monitor().awakeUntil()).isEqualTo(START.plusSeconds(100 + 300));
    }

    @Test
    void a_touch_of_ones_own_is_not_taken_for_others() {
        compute.touch();
        compute.pass(100);

        // Neon's clock is a little ahead.
        assertThat(compute.monitor()
                        .reconcile(compute.report(State.ACTIVE)
                                .lastActive(START.plusSeconds(3))
                                .made()))
                .isFalse();

        assertThat(compute.monitor().spentThisMonth()).isCloseTo(cuHours(300), within(NOTHING));
    }

    @Test
    void an_activity_that_explains_nothing_changes_nothing() {
        compute.pass(1000);

        assertThat(compute.monitor().reconcile(compute.report(State.ACTIVE).made()))
                .isFalse();
        assertThat(compute.monitor()
                        .reconcile(compute.report(State.ACTIVE)
                                .lastActive(compute.now().minusSeconds(400))
                                .made()))
                .isFalse();

        assertThat(compute.monitor().mayWakeEarly()).isTrue();
    }

    @Test
    void a_compute_on_its_way_from_one_to_the_other_says_nothing() {
        compute.touch();
        compute.pass(100);

        assertThat(compute.monitor()
                        .reconcile(compute.report(State.CHANGING)
                                .suspendedAt(compute.now())
                                .lastActive(compute.now())
                                .made()))
                .isFalse();
        assertThat(compute.monitor()
                        .reconcile(compute.report(State.UNKNOWN)
                                .suspendedAt(compute.now())
                                .lastActive(compute.now())
                                .made()))
                .isFalse();

        assertThat(compute.monitor().awakeUntil()).isEqualTo(START.plusSeconds(300));
    }

    @Property(tries = 300)
    void whatever_Neon_says_no_more_is_booked_than_the_time_that_passes(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9999) Integer> steps) {
        compute = ReportedCompute.of(new Warmup(new Always(), WarmupTerms.DEFAULT));
        for (int step : steps) {
            int seconds = step % 500;
            switch (step / 500 % 5) {
                case 0 -> compute.pass(seconds);
                case 1 -> compute.reader();
                case 2 -> compute.touch();
                case 3 ->
                    compute.monitor()
                            .reconcile(compute.report(State.IDLE)
                                    .suspendedAt(compute.now().minusSeconds(seconds))
                                    .made());
                default ->
                    compute.monitor()
                            .reconcile(compute.report(State.ACTIVE)
                                    .lastActive(compute.now().minusSeconds(seconds))
                                    .made());
            }
            assertThat(compute.monitor().spentThisMonth())
                    .isBetween(
                            0.0, cuHours(Duration.between(START, compute.now()).toSeconds() + 300) + NOTHING);
            assertThat(compute.monitor().awakeUntil())
                    .isBeforeOrEqualTo(compute.now().plusSeconds(300));
            assertThat(compute.monitor().plan().why().get()).isNotEmpty();
        }
    }
}
