package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration TOGETHER = Duration.ofMillis(50);

    private final Patience patience = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(2));

    @Test
    void once_text_has_come_a_twentieth_of_a_second_passes_before_the_next_waking() throws InterruptedException {
        patience.spoken();
        long woken = System.nanoTime();
        patience.woken();

        patience.letMoreCome();

        assertThat(Duration.ofNanos(System.nanoTime() - woken)).isGreaterThanOrEqualTo(TOGETHER);
    }

    @Test
    void an_interruption_ends_the_pause_also_where_none_is_needed() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(patience::letMoreCome).isInstanceOf(InterruptedException.class);
    }

    @Test
    void the_first_text_has_a_time_of_its_own() {
        var spoken = new Patience(Duration.ofNanos(1), Duration.ofMinutes(2));
        assertThat(spoken.millisLeft()).isZero();
        assertThat(spoken.exhausted()).isEqualTo("no text within 0 ms");

        spoken.spoken();

        assertThat(spoken.millisLeft()).isBetween(1, 120_000);
        assertThat(spoken.exhausted()).isEqualTo("the answer was not whole within 120000 ms");
    }
}
