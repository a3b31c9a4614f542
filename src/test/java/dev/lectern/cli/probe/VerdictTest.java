package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Step FINE = Step.ok("tcp", "takes connections", Map.of());

    @Test
    void nothing_is_the_matter_where_every_step_is_well() {
        Verdict verdict = Verdict.of(List.of(FINE), "it answers");

        assertThat(verdict).isEqualTo(new Verdict(Level.HEALTHY, null, "it answers", null));
    }

    @Test
    void what_is_worth_telling_of_a_healthy_database_is_told_with_the_first_thing_to_do() {
        Step woken = FINE.noting(Remark.note("it was asleep", null));
        Step unseen = FINE.noting(Remark.note("Lectern has never been here", "Migrate."));

        Verdict verdict = Verdict.of(List.of(woken, unseen), "it answers");

        assertThat(verdict.sentence()).isEqualTo("it answers; it was asleep; Lectern has never been here");
        assertThat(verdict.next()).isEqualTo("Migrate.");
        assertThat(verdict.level().exitCode()).isZero();
    }

    @Test
    void a_failure_counts_before_a_warning_that_came_earlier() {
        Step failed = Step.failed("login", "refused", Remark.of(new Saturated(Saturated.Reason.SLOTS)));

        Verdict verdict = Verdict.of(List.of(warning("not encrypted"), failed), "it answers");

        assertThat(verdict.failure()).isEqualTo("saturated/slots");
        assertThat(verdict.level().exitCode()).isEqualTo(1);
    }

    @Test
    void the_first_of_several_warnings_counts_and_the_others_are_mentioned() {
        Step one = warning("far away");
        Step two = warning("behind");

        assertThat(Verdict.of(List.of(one, two), "").sentence())
                .isEqualTo("far away; and there is another warning above");
        assertThat(Verdict.of(List.of(one, two, two), "").sentence())
                .isEqualTo("far away; and there are 2 more warnings above");
    }

    @Test
    void down_is_what_stays_so_until_somebody_changes_something() {
        assertThat(Remark.of(new Down(Down.Reason.CREDENTIALS)).level()).isEqualTo(Level.DOWN);
        assertThat(Remark.of(new Waking(Waking.Reason.STARTING)).level()).isEqualTo(Level.DEGRADED);
        assertThat(Remark.of(new Saturated(Saturated.Reason.POOLER)).level()).isEqualTo(Level.DEGRADED);
        assertThat(Remark.of(new ReadOnly(ReadOnly.Reason.DISK_FULL)).level()).isEqualTo(Level.DEGRADED);
        assertThat(Remark.of(new ConnectionLost(ConnectionLost.Reason.BROKEN)).level())
                .isEqualTo(Level.DEGRADED);
        assertThat(Level.DOWN.exitCode()).isEqualTo(2);
    }

    @Test
    void every_class_of_failure_has_something_to_do() {
        for (Down.Reason reason : Down.Reason.values()) {
            assertThat(Remark.of(new Down(reason)).next()).endsWith(".");
        }
        for (Saturated.Reason reason : Saturated.Reason.values()) {
            assertThat(Remark.of(new Saturated(reason)).next()).endsWith(".");
        }
    }

    private static Step warning(String sentence) {
        return Step.warning("some", sentence, Map.of(), Remark.warning(sentence, "Mend it."));
    }
}
