package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    private final double[] first = DoubleStream.iterate(0, i -> i + 1)
            .limit(50)
            .map(i -> 0.5 + 0.004 * i)
            .toArray();

    @Test
    void the_same_seed_gives_the_same_figures() {
        double[] second = DoubleStream.of(first).map(x -> x * x).toArray();

        assertThat(PairedBootstrap.compare(first, second, random()))
                .isEqualTo(PairedBootstrap.compare(first, second, random()));
    }

    @Test
    void a_difference_on_every_question_is_certain() {
        double[] second = DoubleStream.of(first).map(x -> x - 0.1).toArray();

        PairedBootstrap result = PairedBootstrap.compare(first, second, random());

        assertThat(result.difference()).isCloseTo(0.1, within(1e-9));
        assertThat(result.low()).isCloseTo(0.1, within(1e-9));
        assertThat(result.high()).isCloseTo(0.1, within(1e-9));
        assertThat(result.pValue()).isLessThan(0.001);
    }

    @Test
    void a_difference_to_and_fro_is_luck() {
        double[] second = first.clone();
        for (int i = 0; i < second.length; i++) {
            second[i] += i % 2 == 0 ? 0.2 : -0.19;
        }

        PairedBootstrap result = PairedBootstrap.compare(first, second, random());

        assertThat(result.pValue()).isGreaterThan(0.5);
        assertThat(result.low()).isNegative();
        assertThat(result.high()).isPositive();
    }

    @Test
    void no_difference_is_no_evidence() {
        assertThat(PairedBootstrap.compare(first, first, random()).pValue()).isEqualTo(1);
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    }
}
