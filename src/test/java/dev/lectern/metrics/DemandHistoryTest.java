package dev.lectern.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemandHistoryTest {

    private static final Criticality READ = Criticality.INTERACTIVE_READ;

    private final SteppedTicker ticker = new SteppedTicker();
    private final DemandHistory history = new DemandHistory(ticker);

    @Test
    void tells_nothing_before_any_work_was_done() {
        ticker.step(Duration.ofMinutes(5));

        assertThat(history.busiest()).isNull();
    }

    @Test
    void the_busiest_minute_of_the_hour_is_told_of_and_not_the_present_one() {
        seconds(120, 1, 4);
        seconds(60, 5, 12);
        seconds(120, 2, 4);

        BusiestMinute busiest = requireNonNull(history.busiest());

        assertThat(busiest.demand().perSecond()).isEqualTo(5);
        assertThat(busiest.demand().burstiness()).isZero();
        assertThat(millis(busiest.demand().holds().mean())).isCloseTo(12, within(0.4));
        assertThat(busiest.seconds()).isEqualTo(60);
        assertThat(busiest.secondsAgo()).isEqualTo(120);
    }

    @Test
    void it_is_found_across_the_minutes_of_the_clock() {
        seconds(30, 1, 4);
        seconds(60, 3, 4);
        seconds(100, 1, 4);

        BusiestMinute busiest = requireNonNull(history.busiest());

        assertThat(busiest.demand().perSecond()).isEqualTo(3);
        assertThat(busiest.secondsAgo()).isEqualTo(100);
    }

    @Test
    void a_young_process_tells_of_what_there_is() {
        seconds(20, 4, 5);

        BusiestMinute busiest = requireNonNull(history.busiest());

        assertThat(busiest.seconds()).isEqualTo(20);
        assertThat(busiest.demand().perSecond()).isEqualTo(4);
    }

    @Test
    void a_pause_counts_as_a_part_of_the_minute() {
        seconds(10, 60, 5);
        seconds(200, 0, 5);

        BusiestMinute busiest = requireNonNull(history.busiest());

        assertThat(busiest.demand().perSecond()).isEqualTo(10);
        // All come in a sixth of the seconds: the variance is 500, and the mean is 10.
        assertThat(busiest.demand().burstiness()).isCloseTo(50, within(0.001));
    }

    @Test
    void what_was_refused_was_asked_for_too() {
        history.refused(READ, Duration.ZERO, new Saturated(Saturated.Reason.PERMITS));
        history.databaseWoke(Duration.ofMillis(700));
        seconds(60, 1, 4);

        BusiestMinute busiest = requireNonNull(history.busiest());

        assertThat(busiest.demand().perSecond()).isCloseTo(61 / 60.0, within(0.001));
        assertThat(busiest.refused()).isEqualTo(1);
        assertThat(busiest.wakes()).isEqualTo(1);
    }

    @Test
    void what_a_request_takes_beside_the_database_is_told_apart() {
        history.count(RequestOf.READING.cost(0, 0));
        history.count(RequestOf.READING.cost(1, 4));
        history.count(RequestOf.READING.cost(2, 4));
        seconds(60, 1, 4);

        BusiestMinute busiest = requireNonNull(history.busiest());

        // It took 10 ms, and held a connection for 4 of them.
        assertThat(millis(busiest.rest())).isCloseTo(6, within(0.2));
        assertThat(busiest.pieces()).isEqualTo(2);
        assertThat(millis(busiest.waited())).isCloseTo(1, within(0.03));
        assertThat(millis(busiest.whole())).isCloseTo(5, within(0.15));
    }

    @Test
    void what_is_older_than_an_hour_is_forgotten() {
        seconds(60, 5, 4);
        ticker.step(Duration.ofMinutes(61));

        assertThat(history.busiest()).isNull();
    }

    /// So much work in each of some seconds; each piece waits for 1 ms and holds a connection for a while.
    private void seconds(int seconds, int pieces, int holdMillis) {
        for (int second = 0; second < seconds; second++) {
            for (int piece = 0; piece < pieces; piece++) {
                history.permitAcquired(READ, Duration.ofMillis(1));
                history.workFinished(READ, Duration.ofMillis(holdMillis), Permit.Outcome.SUCCESS);
                history.workDone(READ, Duration.ofMillis(1 + holdMillis));
            }
            ticker.step(Duration.ofSeconds(1));
        }
    }

    private static double millis(@Nullable Duration time) {
        return requireNonNull(time).toNanos() / 1e6;
    }
}
