package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {

    @Test
    void passes_on_what_is_small_enough() throws IOException {
        LimitedBody body = body(4);
        assertThat(body.read()).isOne();

        assertThat(body.readAllBytes()).containsExactly(2, 3, 4);
    }

    @Test
    void refuses_what_is_larger() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> body(3).readAllBytes())
                .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(413));
    }

    private static LimitedBody body(long limit) {
        return new LimitedBody(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), limit);
    }
}
