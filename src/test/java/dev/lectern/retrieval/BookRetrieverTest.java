package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.book.Passage;
import dev.lectern.retrieval.BookRetriever.Legs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookRetrieverTest {

    private final BookRetriever retriever = new BookRetriever(Texts::query);

    @BeforeEach
    void publish() {
        retriever.publish(List.of(Texts.databases(1), Texts.bread(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "what does max_connections do, Pools",
        "rclpy.create_node, Making one",
        "create_node, Making one",
        "maxPoolSize, Sizes",
        "maxpoolsize, Sizes",
        "pool size, Sizes",
        "sleeping compute wakes, Cold starts",
    })
    void words_and_identifiers_are_found(String words, String title) {
        assertThat(first(words, null).title()).isEqualTo(title);
    }

    @Test
    void a_search_waits_for_its_turn_and_words_that_wait_too_long_go_without_a_vector() throws Exception {
        Turns turns = new Turns("test", 1);
        BookRetriever waiting = new BookRetriever(Texts::query, turns);
        waiting.publish(List.of(Texts.databases(1)));
        QueryEmbedder hasty = new QueriesInTurn(Texts::query, turns, Duration.ZERO);
        FutureTask<List<Hit>> search =
                new FutureTask<>(() -> waiting.search(new Query("pool size", null, null, null, 10)));

        boolean searched = turns.take(() -> {
            Thread.ofVirtual().start(search);
            while (turns.waiting() == 0 && !search.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(hasty.embedQuery("pool size")).isEmpty();
            return search.isDone();
        });

        assertThat(searched).isFalse();
        assertThat(search.get(60, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(hasty.embedQuery("pool size")).isPresent();
    }

    @Test
    void all_books_are_searched_unless_one_is_named() {
        assertThat(first("bake in the oven", null).book()).isEqualTo("bread");
        assertThat(retriever.search(new Query("bake in the oven", "databases", null, null, 10)))
                .extracting(hit -> hit.passage().book())
                .containsOnly("databases");
        assertThat(retriever.search(new Query("oven", "no-such-book", null, null, 10)))
                .isEmpty();
    }

    @Test
    void the_best_come_first_and_no_more_than_asked_for() {
        List<Hit> hits = retriever.search(new Query("connections", null, null, null, 4));

        assertThat(hits).hasSize(4).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(hits).allSatisfy(hit -> assertThat(hit.score()).isBetween(0.0, 1.0));
    }

    @Test
    void the_page_of_the_reader_is_favoured() {
        String twice = "Settings are read once.";
        Passage one = Texts.passage("twins", "first", "Settings", twice);
        Passage other = Texts.passage("twins", "second", "Settings", twice);
        retriever.publish(List.of(Texts.databases(1), Texts.book("twins", 4, List.of(one, other))));

        assertThat(first("settings", "https://books.example/docs/first?from=mail"))
                .isEqualTo(one);
        assertThat(first("settings", "https://books.example/docs/second/#settings"))
                .isEqualTo(other);
        assertThat(first("sleeping compute wakes", "https://books.example/docs/first")
                        .title())
                .isEqualTo("Cold starts");
    }

    @Test
    void a_page_of_no_book_changes_nothing() {
        List<Hit> plain = retriever.search(new Query("wake", null, null, null, 3));

        assertThat(retriever.search(new Query("wake", null, "https://elsewhere.example/x", null, 3)))
                .extracting(Hit::passage)
                .isEqualTo(plain.stream().map(Hit::passage).toList());
    }

    @Test
    void the_marked_text_tells_what_is_meant() {
        Query query = new Query("explain this", null, null, "Knead the dough until it is smooth.", 1);

        assertThat(retriever.search(query).getFirst().passage().title()).isEqualTo("Dough");
    }

    @Test
    void a_question_that_is_about_nothing_in_the_book_is_similar_to_nothing() {
        double related = retriever
                .search(new Query("bake the loaf", null, null, null, 1))
                .getFirst()
                .similarity();
        List<Hit> hits = retriever.search(new Query("quantum chromodynamics lattice", null, null, null, 5));

        assertThat(hits)
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.similarity()).isLessThan(related / 2));
    }

    @Test
    void punctuation_and_blanks_are_a_query_too() {
        assertThat(retriever.search(new Query("?!", null, "not a url", " ", 2))).hasSize(2);
        assertThat(retriever.search(new Query("AND (OR \"~*", null, null, null, 2)))
                .hasSize(2);
        assertThat(retriever.search(
                        new Query("word".concat(" w%s x%<s".formatted(1)).repeat(900), null, null, null, 2)))
                .hasSize(2);
    }

    @Test
    void words_alone_are_searched_where_the_query_cannot_be_embedded() {
        BookRetriever wordsAlone = new BookRetriever(text -> Optional.empty());
        wordsAlone.publish(List.of(Texts.databases(1), Texts.bread(2)));

        List<Hit> hits = wordsAlone.search(new Query("bake the loaf", null, null, "in an oven", 3));

        assertThat(hits).hasSize(3).extracting(Hit::similarity).containsOnly(0.65);
        assertThat(hits.getFirst().passage().title()).isEqualTo("Oven");
        assertThat(hits.getFirst().score()).isEqualTo(1);
        assertThat(hits.getLast().score()).isLessThan(0.5);
    }

    @Test
    void a_marked_text_that_cannot_be_embedded_leaves_the_words() {
        BookRetriever busy =
                new BookRetriever(text -> text.startsWith("marked") ? Optional.empty() : Texts.query(text));
        busy.publish(List.of(Texts.bread(2)));

        Hit hit = busy.search(new Query("bake the loaf", null, null, "marked words", 1))
                .getFirst();

        assertThat(hit.passage().title()).isEqualTo("Oven");
        assertThat(hit.similarity()).isNotEqualTo(0.65);
    }

    @Test
    void a_library_without_passages_has_no_answer() {
        retriever.publish(List.of(Texts.book("empty", 3, List.of())));

        assertThat(retriever.search(new Query("pool", null, null, null, 5))).isEmpty();
        assertThat(retriever.has("empty")).isTrue();
        assertThat(retriever.has("databases")).isFalse();
    }

    @Test
    void another_edition_replaces_the_old_one_even_with_the_same_number() {
        Passage changed = Texts.passage("bread", "oven", "Oven", "Bake the sourdough loaf.");
        Passage again = Texts.passage("bread", "oven", "Oven", "Bake the sourdough roll.");

        retriever.publish(List.of(Texts.databases(1), Texts.book("bread", 3, List.of(changed))));
        assertThat(first("sourdough", null)).isEqualTo(changed);
        retriever.publish(List.of(Texts.databases(1), Texts.book("bread", 3, List.of(again))));
        assertThat(first("sourdough", null)).isEqualTo(again);
    }

    @Test
    void the_legs_are_words_alone_meaning_alone_and_both() {
        Legs legs = retriever.legs(new Query("max_connections pool", "databases", null, null, 3));

        assertThat(List.of(legs.lexical(), legs.dense(), legs.fused()))
                .allSatisfy(leg -> assertThat(leg).hasSize(3))
                .allSatisfy(leg -> assertThat(leg.getFirst().title()).isEqualTo("Pools"));
    }

    @Test
    void feedback_finds_what_the_reader_has_no_word_for() {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            passages.add(Texts.passage("cars", "c" + i, "Part " + i, "Filler about subject number" + i + "."));
        }
        passages.add(Texts.passage("cars", "a", "Automobile", "An automobile has an engine and gearbox."));
        passages.add(Texts.passage("cars", "b", "Engine", "The engine drives the gearbox."));
        retriever.publish(List.of(Texts.book("cars", 9, passages)));

        assertThat(retriever.legs(new Query("automobile", null, null, null, 2)).fused())
                .extracting(Passage::title)
                .containsExactly("Automobile", "Engine");
    }

    private Passage first(String words, @Nullable String pageUrl) {
        return retriever
                .search(new Query(words, null, pageUrl, null, 1))
                .getFirst()
                .passage();
    }
}
