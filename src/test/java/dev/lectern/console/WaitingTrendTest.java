package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.Timeline.Point;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTrendTest {

    @Test
    void rises_where_twice_as_much_waits_as_half_a_minute_ago() {
        assertThat(WaitingTrend.rises(waiting(30, second -> second))).isTrue();
        assertThat(WaitingTrend.rises(waiting(60, second -> second < 50 ? 0 : 8)))
                .isTrue();
    }

    @Test
    void what_waits_and_does_not_grow_is_no_sign() {
        assertThat(WaitingTrend.rises(waiting(60, _ -> 30))).isFalse();
        assertThat(WaitingTrend.rises(waiting(60, second -> 60 - second))).isFalse();
    }

    @Test
    void three_that_wait_are_no_sign_and_neither_is_a_young_process() {
        assertThat(WaitingTrend.rises(waiting(60, second -> second / 20))).isFalse();
        assertThat(WaitingTrend.rises(waiting(20, second -> second))).isFalse();
    }

    private static List<Point> waiting(int seconds, IntUnaryOperator waiting) {
        return IntStream.range(0, seconds)
                .mapToObj(second -> new Point(
                        Instant.ofEpochSecond(second),
                        Status.READY,
                        null,
                        0,
                        0,
                        waiting.applyAsInt(second),
                        16,
                        0,
                        0,
                        0,
                        0,
                        0))
                .toList();
    }
}
