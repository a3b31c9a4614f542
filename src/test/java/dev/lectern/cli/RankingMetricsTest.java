package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {

    private static final Map<String, Integer> GRADES = Map.of("a", 3, "b", 2, "c", 1);

    @Test
    void ndcg_gains_the_grade_and_discounts_by_the_logarithm_of_the_rank() {
        // found: 0/1 + 3/1.58496 + 1/2 = 2.39279; ideal: 3 + 2/1.58496 + 1/2 = 4.76186
        assertThat(RankingMetrics.ndcg(List.of("x", "a", "c"), GRADES, 10)).isCloseTo(0.50249, within(1e-5));
        assertThat(RankingMetrics.ndcg(List.of("a", "b", "c"), GRADES, 10)).isCloseTo(1, within(1e-9));
    }

    @Test
    void ndcg_looks_no_deeper_than_it_is_told() {
        // ideal of the first: 3
        assertThat(RankingMetrics.ndcg(List.of("c", "a"), GRADES, 1)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(RankingMetrics.ndcg(List.of("a"), Map.of(), 10)).isZero();
    }

    @Test
    void recall_is_the_share_of_what_is_relevant() {
        assertThat(RankingMetrics.recall(List.of("a", "x", "b"), GRADES, 2)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(RankingMetrics.recall(List.of("a"), Map.of(), 2)).isZero();
    }

    @Test
    void capped_recall_asks_for_no_more_than_fits() {
        assertThat(RankingMetrics.cappedRecall(List.of("a", "b", "x"), GRADES, 2))
                .isEqualTo(1);
        assertThat(RankingMetrics.cappedRecall(List.of("a"), Map.of(), 2)).isZero();
    }

    @Test
    void the_reciprocal_rank_is_that_of_the_first_relevant_document() {
        assertThat(RankingMetrics.reciprocalRank(List.of("x", "y", "b", "a"), GRADES, 10))
                .isCloseTo(1.0 / 3, within(1e-9));
        assertThat(RankingMetrics.reciprocalRank(List.of("x", "y", "b"), GRADES, 2))
                .isZero();
    }
}
