package dev.lectern.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private final SteppedTicker ticker = new SteppedTicker();
    private final SlidingWindow<LongAdder> window =
            new SlidingWindow<>(Duration.ofSeconds(60), 12, ticker, LongAdder::new);

    @Test
    void what_is_older_than_the_window_is_forgotten() {
        window.current().increment();
        ticker.step(Duration.ofSeconds(30));
        window.current().add(10);

        assertThat(sum()).isEqualTo(11);
        ticker.step(Duration.ofSeconds(30));
        assertThat(sum()).isEqualTo(10);
        ticker.step(Duration.ofSeconds(30));
        assertThat(sum()).isZero();
    }

    @Test
    void what_was_forgotten_does_not_come_back_when_its_place_is_taken() {
        window.current().increment();
        ticker.step(Duration.ofMinutes(10));
        window.current().add(10);

        assertThat(sum()).isEqualTo(10);
    }

    @Test
    void what_gave_way_begins_a_later_slot_empty() {
        Queue<LongAdder> made = new ArrayDeque<>();
        SlidingWindow<LongAdder> reusing = new SlidingWindow<>(
                Duration.ofSeconds(60),
                12,
                ticker,
                () -> {
                    LongAdder fresh = new LongAdder();
                    made.add(fresh);
                    return fresh;
                },
                LongAdder::reset);
        for (int slot = 0; slot < 100; slot++) {
            assertThat(reusing.current().sum()).isZero();
            reusing.current().add(slot);
            ticker.step(Duration.ofSeconds(5));
        }

        assertThat(reusing.recent().stream().map(LongAdder::sum))
                .containsExactlyInAnyOrder(89L, 90L, 91L, 92L, 93L, 94L, 95L, 96L, 97L, 98L, 99L);
        assertThat(made).hasSize(13);
    }

    @Test
    void it_covers_as_much_as_there_was_since_its_beginning_and_then_all_but_what_is_to_come() {
        assertThat(window.covered()).isZero();
        ticker.step(Duration.ofSeconds(7));
        assertThat(window.covered()).isEqualTo(Duration.ofSeconds(7));
        ticker.step(Duration.ofMinutes(10));
        assertThat(window.covered()).isEqualTo(Duration.ofSeconds(57));
    }

    @Test
    void nothing_is_lost_when_many_begin_a_slot_together() {
        countTogether(window);

        assertThat(sum(window)).isEqualTo(12 * 8 * 1000);
    }

    @Test
    void nothing_is_lost_when_many_begin_a_slot_with_what_gave_way() {
        SlidingWindow<LongAdder> reusing =
                new SlidingWindow<>(Duration.ofSeconds(60), 12, ticker, LongAdder::new, LongAdder::reset);
        countTogether(reusing);
        ticker.step(Duration.ofSeconds(5));
        countTogether(reusing);

        assertThat(sum(reusing)).isEqualTo(12 * 8 * 1000);
    }

    /// Twelve slots of eight threads that count to a thousand.
    private void countTogether(SlidingWindow<LongAdder> counted) {
        for (int round = 0; round < 12; round++) {
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 8; i++) {
                    threads.execute(() -> {
                        for (int n = 0; n < 1000; n++) {
                            counted.current().increment();
                        }
                    });
                }
            }
            ticker.step(round < 11 ? Duration.ofSeconds(5) : Duration.ZERO);
        }
    }

    private static long sum(SlidingWindow<LongAdder> summed) {
        return summed.recent().stream().mapToLong(LongAdder::sum).sum();
    }

    private long sum() {
        return sum(window);
    }
}
