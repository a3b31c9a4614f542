package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.retrieval.BookAnalyzer.Occurrence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookAnalyzerTest {

    private final BookAnalyzer analyzer = new BookAnalyzer();

    @ParameterizedTest
    @CsvSource({
        "rclpy.create_node, rclpy.create_nod create_nod rclpy creat node",
        "max_connections, max_connect max connect",
        "maxPoolSize, maxpools max pool size",
        "HTTPServer, httpserver http server",
        "URLs, url",
        "ROS2, ros2 ro 2",
        "__init__, __init__ init",
        "2.5, 2.5",
        "the reader's pools, reader pool",
    })
    void identifiers_are_found_whole_and_in_parts(String text, String terms) {
        assertThat(terms(text)).containsExactlyInAnyOrder(terms.split(" ", -1));
    }

    @Test
    void parts_stand_where_the_whole_stands() {
        assertThat(analyzer.occurrences("see max_size now"))
                .contains(new Occurrence("max", 4, 12), new Occurrence("size", 4, 12), new Occurrence("now", 13, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_size", "rclpy.init", "std::vector", "maxSize"})
    void programs_write_like_this(String word) {
        assertThat(IdentifierFilter.isIdentifier(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool", "Pool", "ROS2", "2.5", "_", "LLM"})
    void and_people_like_this(String word) {
        assertThat(IdentifierFilter.isIdentifier(word)).isFalse();
    }

    @Test
    void an_identifier_counts_twice() {
        Map<String, Double> weights = analyzer.weights("what is max_size", 10);

        assertThat(weights.get("max_siz")).isCloseTo(2 * Objects.requireNonNull(weights.get("what")), within(1e-9));
    }

    @Test
    void terms_beyond_the_limit_are_left_out() {
        assertThat(analyzer.weights("alpha beta gamma alpha", 2)).containsOnlyKeys("alpha", "beta");
    }

    @Property(tries = 300)
    void the_weights_of_any_text_add_up_to_one(@ForAll String text) {
        Map<String, Double> weights = analyzer.weights(text, 50);

        assertThat(weights.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(weights.isEmpty() ? 0 : 1, within(1e-9));
    }

    private List<String> terms(String text) {
        return analyzer.occurrences(text).stream().map(Occurrence::term).toList();
    }
}
