package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {

    private Instant now = Instant.EPOCH;

    @Test
    void passes_on_what_is_small_enough_and_in_time() throws IOException {
        LimitedBody body = body(4);
        assertThat(body.read()).isOne();
        now = now.plusSeconds(30);

        assertThat(body.readAllBytes()).containsExactly(2, 3, 4);
    }

    @Test
    void refuses_what_is_larger() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> body(3).readAllBytes())
                .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(413));
    }

    @Test
    void refuses_what_comes_byte_by_byte_without_end() throws IOException {
        LimitedBody body = body(4);
        assertThat(body.read()).isOne();
        now = now.plusSeconds(31);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(body::read)
                .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(408));
    }

    private LimitedBody body(long limit) {
        return new LimitedBody(
                new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), limit, Duration.ofSeconds(30), () -> now);
    }
}
