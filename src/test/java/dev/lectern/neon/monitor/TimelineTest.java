package dev.lectern.neon.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot.Totals;
import dev.lectern.neon.monitor.Timeline.Point;
import dev.lectern.neon.monitor.Timeline.Rates;
import dev.lectern.neon.monitor.Timeline.StateSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
    private static final Down UNREACHABLE = new Down(Down.Reason.UNREACHABLE);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Timeline timeline = new Timeline(now::get);

    @Test
    void shows_for_each_second_that_has_passed_the_state_the_levels_and_what_happened() {
        serve(3);
        refuse(new Saturated(Saturated.Reason.PERMITS));
        refuse(new TimedOut(TimedOut.Reason.DEADLINE));
        fail(new TimedOut(TimedOut.Reason.STATEMENT), false);
        fail(new Conflict(Conflict.Reason.DEADLOCK), false);
        timeline.databaseWoke(Duration.ofMillis(300));
        tick(state(Status.DOWN, UNREACHABLE, NOON), 2);

        assertThat(timeline.points()).isEmpty();
        pass(1_000);
        assertThat(timeline.points())
                .containsExactly(new Point(NOON, Status.DOWN, UNREACHABLE, 2, 1, 5, 8, 3, 1, 2, 1, 1));
    }

    @Test
    void counts_work_that_is_repeated_only_by_how_it_ends() {
        fail(new Conflict(Conflict.Reason.DEADLOCK), true);
        timeline.workFinished(Criticality.INTERACTIVE_READ, Duration.ofMillis(1), Permit.Outcome.IGNORE);
        serve(1);
        pass(1_000);

        assertThat(timeline.points()).singleElement().satisfies(point -> {
            assertThat(point.failed()).isZero();
            assertThat(point.served()).isOne();
        });
        assertThat(timeline.rates(1).repeated()).isOne();
    }

    @Test
    void a_missed_tick_leaves_a_gap_that_is_marked_and_the_counts_of_each_second_right() {
        tickEverySecond(1);
        pass(1_000);
        serve(2);
        pass(1_000);
        serve(5);
        pass(1_000);
        tickEverySecond(1);

        List<Point> points = timeline.points();
        assertThat(points).extracting(Point::isGap).containsExactly(false, true, true, true, false);
        assertThat(points).extracting(Point::served).containsExactly(0, 0, 2, 5, 0);
    }

    @Test
    void a_tick_that_comes_a_little_late_leaves_no_gap() {
        pass(990);
        tick(ready(NOON), 1);
        pass(1_020);
        serve(1);
        tick(ready(NOON), 2);
        pass(1_000);

        assertThat(timeline.points()).extracting(Point::active).containsExactly(1, 2, 2);
    }

    @Test
    void remembers_an_hour_and_nothing_before() {
        serve(1);
        tickEverySecond(Timeline.SECONDS + 10);

        List<Point> points = timeline.points();
        assertThat(points).hasSize(Timeline.SECONDS - 1).noneMatch(Point::isGap);
        assertThat(points.getLast().at()).isEqualTo(now.get().minusSeconds(1));
        assertThat(points).extracting(Point::served).containsOnly(0);
    }

    @Test
    void forgets_everything_where_it_slept_for_longer_than_it_remembers() {
        serve(7);
        tick(ready(NOON), 4);
        pass(Duration.ofHours(30).toMillis());

        assertThat(timeline.points()).hasSize(Timeline.SECONDS - 1).allMatch(Point::isGap);
        assertThat(timeline.points()).extracting(Point::served).containsOnly(0);
    }

    @Test
    void a_clock_that_is_set_back_takes_nothing_away() {
        pass(10_000);
        serve(1);
        pass(-5_000);
        serve(1);
        pass(6_000);

        assertThat(timeline.points().getLast().served()).isEqualTo(2);

        pass(-3_600_000);
        tickEverySecond(2);
        pass(3_600_000);
        assertThat(timeline.points()).filteredOn(point -> !point.isGap()).hasSize(1);
    }

    @Test
    void rates_are_per_second_over_the_seconds_that_have_passed() {
        assertThat(timeline.rates(60)).isEqualTo(new Rates(0, 0, 0, 0, 0, 0, 0));
        for (int i = 0; i < 4; i++) {
            serve(i);
            refuse(new Saturated(Saturated.Reason.PERMITS));
            pass(1_000);
        }
        serve(100); // in the second that has not passed

        assertThat(timeline.rates(60)).isEqualTo(new Rates(4, 1.5, 1, 0, 0, 0, 0));
        assertThat(timeline.rates(2)).isEqualTo(new Rates(2, 2.5, 1, 0, 0, 0, 0));
        assertThatThrownBy(() -> timeline.rates(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timeline.rates(Timeline.SECONDS + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_a_state_that_is_shorter_than_a_second() {
        DatabaseState ready = ready(NOON);
        DatabaseState down = state(Status.DOWN, UNREACHABLE, NOON.plusMillis(300));
        DatabaseState again = ready(NOON.plusMillis(350));
        tick(ready, 0);
        timeline.stateChanged(ready, down);
        timeline.stateChanged(down, again);
        tick(again, 0);

        assertThat(timeline.spans())
                .containsExactly(
                        new StateSpan(Status.READY, null, NOON, NOON.plusMillis(300)),
                        new StateSpan(Status.DOWN, UNREACHABLE, NOON.plusMillis(300), NOON.plusMillis(350)),
                        new StateSpan(Status.READY, null, NOON.plusMillis(350), null));
    }

    @Test
    void puts_states_in_order_that_two_threads_told_of_the_other_way_round_and_takes_no_old_news() {
        DatabaseState ready = ready(NOON);
        DatabaseState down = state(Status.DOWN, UNREACHABLE, NOON.plusMillis(300));
        DatabaseState waking = state(Status.WAKING, null, NOON.plusMillis(350));
        timeline.stateChanged(down, waking);
        timeline.stateChanged(ready, down);
        tick(ready, 0);

        assertThat(timeline.spans()).extracting(StateSpan::status).endsWith(Status.DOWN, Status.WAKING);
        assertThat(timeline.spans().getLast().until()).isNull();
    }

    @Test
    void forgets_states_that_ended_more_than_an_hour_ago() {
        timeline.stateChanged(ready(NOON), state(Status.DOWN, UNREACHABLE, NOON.plusSeconds(10)));
        timeline.stateChanged(state(Status.DOWN, UNREACHABLE, NOON.plusSeconds(10)), ready(NOON.plusSeconds(20)));
        pass(Duration.ofSeconds(3_615).toMillis());

        assertThat(timeline.spans())
                .extracting(StateSpan::from)
                .containsExactly(NOON.plusSeconds(10), NOON.plusSeconds(20));
    }

    @Test
    void loses_nothing_that_many_threads_tell_at_once() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                callers.execute(() -> serve(100));
            }
        }
        pass(1_000);

        assertThat(timeline.points().getFirst().served()).isEqualTo(5_000);
    }

    private void serve(int pieces) {
        for (int i = 0; i < pieces; i++) {
            timeline.workFinished(Criticality.INTERACTIVE_READ, Duration.ofMillis(1), Permit.Outcome.SUCCESS);
        }
    }

    private void refuse(DatabaseFailure failure) {
        timeline.refused(Criticality.INTERACTIVE_READ, Duration.ofMillis(1), failure);
    }

    private void fail(DatabaseFailure failure, boolean repeated) {
        timeline.workFailed(Criticality.INTERACTIVE_READ, failure, repeated);
    }

    private void tickEverySecond(int times) {
        for (int i = 0; i < times; i++) {
            tick(ready(NOON), 1);
            pass(1_000);
        }
    }

    private void tick(DatabaseState state, int active) {
        timeline.tick(
                now.get(),
                new NeonSnapshot(
                        state,
                        active,
                        1,
                        5,
                        2,
                        8,
                        8,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        new Totals(0, 0, 0, 0, 0, 0, 0)));
    }

    private void pass(long millis) {
        now.updateAndGet(then -> then.plusMillis(millis));
    }

    private static DatabaseState ready(Instant since) {
        return state(Status.READY, null, since);
    }

    private static DatabaseState state(Status status, @Nullable DatabaseFailure cause, Instant since) {
        return new DatabaseState(status, cause, since);
    }
}
