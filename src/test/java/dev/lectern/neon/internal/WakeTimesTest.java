package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WakeTimesTest {

    private final WakeTimes wakes = new WakeTimes();

    @Test
    void says_a_second_before_it_has_seen_a_wake() {
        assertThat(wakes.expected()).isEqualTo(Duration.ofSeconds(1));
        assertThat(wakes.quantile(50)).isNull();
    }

    @Test
    void tells_what_nineteen_of_twenty_stay_within() {
        for (int i = 1; i <= 20; i++) {
            wakes.add(Duration.ofMillis(100L * i).toNanos());
        }

        assertThat(wakes.expected()).isEqualTo(Duration.ofMillis(1900));
        assertThat(wakes.quantile(95)).isEqualTo(Duration.ofMillis(1900));
        assertThat(wakes.quantile(50)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void forgets_what_is_long_ago() {
        wakes.add(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 64; i++) {
            wakes.add(Duration.ofMillis(300).toNanos());
        }

        assertThat(wakes.expected()).isEqualTo(Duration.ofMillis(300));
    }
}
