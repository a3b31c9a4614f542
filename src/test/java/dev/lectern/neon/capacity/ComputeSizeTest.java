package dev.lectern.neon.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeSizeTest {

    /// As Neon's documentation has them.
    @ParameterizedTest
    @CsvSource({"0.25, 104, 97", "0.5, 209, 202", "1, 419, 412", "2, 839, 832", "8, 3357, 3350", "56, 4000, 3993"})
    void allows_what_Neon_says(double units, int maximum, int usable) {
        ComputeSize size = new ComputeSize(units);

        assertThat(size.maximumConnections()).isEqualTo(maximum);
        assertThat(size.usableConnections()).isEqualTo(usable);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.25", "97, 0.25", "98, 0.5", "412, 1", "413, 2", "3993, 10"})
    void the_smallest_that_does_is_found(int connections, double units) {
        assertThat(ComputeSize.smallestFor(connections)).contains(new ComputeSize(units));
    }

    @Test
    void none_does_for_more_than_all() {
        assertThat(ComputeSize.smallestFor(3994)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 57, Double.NaN})
    void what_Neon_does_not_have_is_none(double units) {
        assertThatThrownBy(() -> new ComputeSize(units)).isInstanceOf(IllegalArgumentException.class);
    }
}
