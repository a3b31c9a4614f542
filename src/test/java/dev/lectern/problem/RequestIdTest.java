package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestIdTest {

    private static final int RFC_9562 = 2;

    private final List<UUID> drawn =
            Stream.generate(RequestId::drawn).limit(10_000).toList();

    @Test
    void are_random_uuids_as_the_standard_has_them() {
        assertThat(drawn).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(RFC_9562);
        });
    }

    @Test
    void are_never_the_same() {
        assertThat(drawn).doesNotHaveDuplicates();
    }

    @Test
    void draw_all_other_bits() {
        long highSet = 0;
        long lowSet = 0;
        for (UUID id : drawn) {
            highSet |= id.getMostSignificantBits();
            lowSet |= id.getLeastSignificantBits();
        }

        assertThat(highSet).isEqualTo(0xFFFF_FFFF_FFFF_4FFFL);
        assertThat(lowSet).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
    }
}
