package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.retrieval.RelevanceModel.Found;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelevanceModelTest {

    private final Map<String, Double> own = Map.of("car", 1.0);

    @Test
    void the_words_of_the_best_passages_are_added() {
        Map<String, Double> expanded = RelevanceModel.expand(
                own, List.of(new Found(Map.of("car", 0.5, "motor", 0.5), 1), new Found(Map.of("motor", 1.0), 0.5)));

        assertThat(expanded.get("motor")).isCloseTo(0.4 * 2 / 3, within(1e-9));
        assertThat(expanded.get("car")).isCloseTo(0.6 + 0.4 / 3, within(1e-9));
    }

    @Test
    void at_most_25_are_added_and_the_reader_s_own_keep_most_of_the_weight() {
        Map<String, Double> many =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "word" + i, i -> (i + 1) / 5050.0));

        Map<String, Double> expanded = RelevanceModel.expand(own, List.of(new Found(many, 1)));

        assertThat(expanded).hasSize(26).containsKey("word99").doesNotContainKey("word0");
        assertThat(expanded.get("car")).isCloseTo(0.6, within(1e-9));
        assertThat(expanded.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void nothing_found_changes_nothing() {
        assertThat(RelevanceModel.expand(own, List.of())).isEqualTo(own);
    }

    @Test
    void a_small_book_is_asked_for_less() {
        assertThat(RelevanceModel.passages(5)).isEqualTo(1);
        assertThat(RelevanceModel.passages(40)).isEqualTo(4);
        assertThat(RelevanceModel.passages(5000)).isEqualTo(8);
    }
}
