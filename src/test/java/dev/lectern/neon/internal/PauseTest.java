package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PauseTest {

    private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

    private final Pause pause = new Pause(() -> NOON);

    @Test
    void refuses_with_what_is_left_of_it() {
        pause.begin(Duration.ofMinutes(10));

        assertThat(pause.isOn()).isTrue();
        assertThat(pause.until()).isEqualTo(NOON.plusSeconds(600));
        assertThatThrownBy(pause::refuse).isInstanceOfSatisfying(DatabaseUnavailableException.class, e -> {
            assertThat(e.failure()).isEqualTo(Pause.PAUSED);
            assertThat(e.failure().slug()).isEqualTo("down/paused");
            assertThat(e.retryAfter()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        });
    }

    @Test
    void ends_by_itself() {
        pause.begin(Duration.ofNanos(1));

        assertOver();
    }

    @Test
    void ends_when_it_is_told_to() {
        pause.begin(Duration.ofMinutes(10));
        pause.end();

        assertOver();
    }

    @Test
    void a_second_one_replaces_the_first() {
        pause.begin(Duration.ofMinutes(10));
        pause.begin(Duration.ofMinutes(1));

        assertThat(pause.until()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void lasts_for_some_time_or_is_none() {
        assertThatThrownBy(() -> pause.begin(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertOver();
    }

    private void assertOver() {
        assertThat(pause.isOn()).isFalse();
        assertThat(pause.until()).isNull();
        assertThatCode(pause::refuse).doesNotThrowAnyException();
    }
}
