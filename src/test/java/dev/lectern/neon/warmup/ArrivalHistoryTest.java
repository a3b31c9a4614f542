package dev.lectern.neon.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ArrivalHistoryTest {

    private static final Duration SUSPEND = Duration.ofMinutes(5);

    @Property(tries = 100)
    void restored_is_the_same_and_goes_on_the_same(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 200_000) Integer> before,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 200_000) Integer> after) {
        ArrivalHistory history = new ArrivalHistory(ZoneId.of("Europe/Berlin"), SUSPEND);
        for (long at : Arrivals.after(before)) {
            history.arrived(Instant.ofEpochMilli(at));
        }

        ArrivalHistory restored = ArrivalHistory.of(history.toBytes());
        Instant last = history.last().orElseThrow();
        for (int gap : after) {
            last = last.plusSeconds(gap);
            history.arrived(last);
            restored.arrived(last);
        }

        assertThat(restored.toBytes()).isEqualTo(history.toBytes());
        assertThat(restored.probability(last.plusSeconds(600))).isEqualTo(history.probability(last.plusSeconds(600)));
    }

    @Property(tries = 100)
    void a_probability_is_one(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 5_000_000) Integer> gaps,
            @ForAll @IntRange(min = 0, max = 10_000_000) int later) {
        ArrivalHistory history = learned(Arrivals.after(gaps));

        assertThat(history.probability(history.last().orElseThrow().plusSeconds(later)))
                .isBetween(0.0, 1.0);
    }

    @Test
    void takes_a_few_kilobytes_however_many_came() {
        ArrivalHistory history = learned(Arrivals.lessons(100, 30));

        assertThat(history.toBytes()).hasSizeLessThan(16_000);
    }

    @Test
    void expects_readers_at_the_hours_at_which_they_came() {
        ArrivalHistory history = learned(Arrivals.lessons(8, 8));
        Instant monday = Arrivals.START.plus(Duration.ofDays(56));

        double atNine = history.probability(monday.plus(Duration.ofHours(9)));
        double atThree = history.probability(monday.plus(Duration.ofHours(3)));
        double onSaturday = history.probability(monday.plus(Duration.ofHours(5 * 24 + 9)));

        assertThat(atNine).isGreaterThan(20 * atThree);
        assertThat(atNine).isGreaterThan(4 * onSaturday);
    }

    @Test
    void follows_habits_that_change() {
        ArrivalHistory history = learned(Arrivals.lessons(8, 8));
        for (long at : Arrivals.lessons(10, 8)) {
            history.arrived(Instant.ofEpochMilli(at).plus(Duration.ofDays(56)).plus(Duration.ofHours(6)));
        }
        Instant monday = Arrivals.START.plus(Duration.ofDays(56 + 70));

        assertThat(history.probability(monday.plus(Duration.ofHours(15))))
                .isGreaterThan(4 * history.probability(monday.plus(Duration.ofHours(9))));
    }

    @Test
    void is_calibrated_where_chance_is_even() {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, SUSPEND);
        var random = new java.util.Random(7);
        double mean = 3_600_000;
        long at = Arrivals.START.toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            at += (long) (-Math.log(1 - random.nextDouble()) * mean);
            history.arrived(at);
        }

        double expected = 1 - Math.exp(-300_000 / mean);
        assertThat(history.probability(Instant.ofEpochMilli(at + 1_200_000))).isCloseTo(expected, within(0.02));
    }

    @Test
    void takes_an_arrival_out_of_order_as_one_at_the_same_moment() {
        ArrivalHistory history = learned(Arrivals.START.toEpochMilli());
        history.arrived(Arrivals.START.minusSeconds(60));

        assertThat(history.last()).contains(Arrivals.START);
    }

    @Test
    void refuses_bytes_that_are_no_history() {
        assertThatThrownBy(() -> ArrivalHistory.of(new byte[] {1, 2})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArrivalHistory.of(new byte[] {9})).isInstanceOf(IllegalArgumentException.class);
    }

    private static ArrivalHistory learned(long... arrivals) {
        ArrivalHistory history = new ArrivalHistory(ZoneOffset.UTC, SUSPEND);
        for (long at : arrivals) {
            history.arrived(Instant.ofEpochMilli(at));
        }
        return history;
    }
}
