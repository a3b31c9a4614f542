package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AscendingIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final List<UUID> ids =
            Stream.generate(new AscendingIds(() -> NOW)).limit(1000).toList();

    @Test
    void each_is_greater_than_the_one_before_also_within_a_millisecond() {
        assertThat(ids.stream().map(UUID::toString).toList()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void they_are_of_version_seven_and_begin_with_the_time() {
        assertThat(ids).allMatch(id -> id.version() == 7);
        assertThat(ids.getFirst().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void none_tells_another_one() {
        assertThat(ids.stream().map(UUID::getLeastSignificantBits)).doesNotHaveDuplicates();
        assertThat(ids.get(1).getLeastSignificantBits() - ids.get(0).getLeastSignificantBits())
                .isNotEqualTo(1);
    }
}
