package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.ProblemException;
import dev.lectern.retrieval.SearchResource.SearchAnswer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchResourceTest {

    private final BookRetriever retriever = new BookRetriever(Texts::query);
    private final SearchResource resource = new SearchResource(retriever, retriever::has);

    @BeforeEach
    void publish() {
        retriever.publish(List.of(Texts.databases(1), Texts.bread(2)));
    }

    @Test
    void an_item_says_where_the_passage_is() throws JsonProcessingException {
        SearchAnswer answer = resource.search(" max_connections ", "databases", "1");

        JsonNode item = new ObjectMapper()
                .readTree(new ObjectMapper().writeValueAsString(answer))
                .at("/items/0");
        assertThat(item.at("/title").asText()).isEqualTo("Pools");
        assertThat(item.at("/url").asText()).isEqualTo("https://books.example/docs/pools");
        assertThat(item.at("/anchor").asText()).isEqualTo("pools");
        assertThat(item.at("/book").asText()).isEqualTo("databases");
        assertThat(item.at("/chapter").asText()).isEqualTo("pools");
        assertThat(item.at("/snippet").asText()).contains("max_connections");
        assertThat(item.at("/score").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void twenty_items_are_the_default_and_all_there_are_is_less() {
        assertThat(resource.search("pool", null, null).items()).hasSize(8);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void words_are_required(String q) {
        assertInvalid(() -> resource.search(q, null, null), "q");
    }

    @Test
    void a_query_is_400_characters_at_most() {
        assertThat(resource.search("x".repeat(400), null, null).items()).isNotEmpty();
        assertInvalid(() -> resource.search("x".repeat(401), null, null), "q");
        assertThat(resource.search("😀".repeat(400), null, null).items()).isNotEmpty();
        assertInvalid(() -> resource.search("😀".repeat(401), null, null), "q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "", "99999999999"})
    void the_limit_is_1_to_100(String limit) {
        assertInvalid(() -> resource.search("pool", null, limit), "limit");
    }

    @Test
    void an_unknown_book_is_not_found() {
        assertThatThrownBy(() -> resource.search("pool", "nothing", null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(404));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_book_is_no_book(String book) {
        assertInvalid(() -> resource.search("pool", book, null), "book");
    }

    private static void assertInvalid(Runnable search, String parameter) {
        assertThatThrownBy(search::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().errors().getFirst().pointer()).isEqualTo(parameter);
        });
    }
}
