package dev.lectern.neonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neonapi.PollSchedule.Outcome;
import dev.lectern.neonapi.PollSchedule.Outcome.Answered;
import dev.lectern.neonapi.PollSchedule.Outcome.Failed;
import dev.lectern.neonapi.PollSchedule.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private static final Instant ASKED = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant LONG_AGO = ASKED.minus(Duration.ofHours(5));

    @Test
    void asks_every_quarter_of_an_hour_while_readers_come() {
        Instant reader = ASKED.plus(Duration.ofMinutes(14));

        assertThat(after(new Answered(), reader, reader.plus(Duration.ofMinutes(5))))
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void looks_whether_the_compute_was_suspended_when_it_should_have_been() {
        Instant reader = ASKED.plus(Duration.ofMinutes(2));

        assertThat(after(new Answered(), reader, reader.plus(Duration.ofMinutes(5))))
                .isEqualTo(Duration.ofMinutes(7).plusSeconds(30));
    }

    @Test
    void asks_no_more_than_hourly_while_nothing_happens() {
        assertThat(after(new Answered(), LONG_AGO, LONG_AGO.plus(Duration.ofMinutes(5))))
                .isEqualTo(Duration.ofHours(1));
        assertThat(after(new Answered(), Instant.MIN, LONG_AGO)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void asks_at_once_where_something_happens_after_a_quiet_time() {
        Instant reader = ASKED.plus(Duration.ofMinutes(50));
        Instant next = PollSchedule.DEFAULT.next(ASKED, new Answered(), reader, reader.plus(Duration.ofMinutes(5)), 0);

        assertThat(next).isBefore(reader);
    }

    @Test
    void leaves_a_refusal_for_an_hour_whatever_happens() {
        Instant reader = ASKED.plus(Duration.ofMinutes(14));

        assertThat(after(new Refused(), reader, reader.plus(Duration.ofMinutes(5))))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void waits_longer_after_each_failure() {
        assertThat(after(failed(1), LONG_AGO, LONG_AGO)).isEqualTo(Duration.ofSeconds(15));
        assertThat(after(failed(2), LONG_AGO, LONG_AGO)).isEqualTo(Duration.ofSeconds(30));
        assertThat(after(failed(5), LONG_AGO, LONG_AGO)).isEqualTo(Duration.ofMinutes(4));
        assertThat(after(failed(100), LONG_AGO, LONG_AGO)).isEqualTo(Duration.ofMinutes(30));
        assertThat(after(failed(100), ASKED.plusSeconds(1), ASKED)).isEqualTo(Duration.ofSeconds(450));
    }

    @Test
    void does_as_Neon_asks() {
        assertThat(after(new Failed(1, Duration.ofMinutes(10)), LONG_AGO, LONG_AGO))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Property
    void processes_do_not_ask_in_step_and_never_at_once(
            @ForAll @DoubleRange(max = 1) double chance,
            @ForAll @IntRange(max = 1000) int times,
            @ForAll @IntRange(max = 1000) int worked,
            @ForAll @IntRange(min = 1, max = 600) int suspend) {
        Instant lastWork = ASKED.plusSeconds(worked - 500L);
        for (Outcome outcome : new Outcome[] {new Answered(), new Refused(), failed(times)}) {
            Instant next = PollSchedule.DEFAULT.next(ASKED, outcome, lastWork, lastWork.plusSeconds(suspend), chance);

            assertThat(Duration.between(ASKED, next)).isBetween(Duration.ofSeconds(15), Duration.ofMinutes(90));
        }
    }

    private static Failed failed(int times) {
        return new Failed(times, Duration.ZERO);
    }

    private static Duration after(Outcome outcome, Instant lastWork, Instant awakeUntil) {
        return Duration.between(ASKED, PollSchedule.DEFAULT.next(ASKED, outcome, lastWork, awakeUntil, 0));
    }
}
