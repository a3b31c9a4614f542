package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FusionTest {

    @Test
    void words_count_two_parts_and_meaning_three() {
        double[] fused = Fusion.fuse(new double[] {10, 5, 0}, new double[] {0.4, 0.9, 0.65});

        assertThat(fused).containsExactly(new double[] {0.4, 0.8, 0.3}, within(1e-9));
    }

    @Test
    void meaning_alone_decides_where_no_word_is_found() {
        assertThat(Fusion.fuse(new double[2], new double[] {0.5, 0.6}))
                .containsExactly(new double[] {0, 0.6}, within(1e-9));
    }

    @Test
    void a_single_passage_is_the_nearest() {
        assertThat(Fusion.fuse(new double[] {3}, new double[] {0.2})).containsExactly(new double[] {1}, within(1e-9));
    }

    @Property(tries = 200)
    void a_fused_score_is_from_0_to_1(
            @ForAll @Size(5) List<@DoubleRange(max = 50) Double> lexical,
            @ForAll @Size(5) List<@DoubleRange(min = -1) Double> dense) {
        for (double score : Fusion.fuse(array(lexical), array(dense))) {
            assertThat(score).isBetween(0.0, 1.0 + 1e-9);
        }
    }

    private static double[] array(List<Double> scores) {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
