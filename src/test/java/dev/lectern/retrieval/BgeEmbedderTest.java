package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.book.Embedding;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class BgeEmbedderTest {

    private final BgeEmbedder embedder = new BgeEmbedder(null);

    @BeforeAll
    void load() {
        assertThat(embedder.loaded()).isFalse();
        embedder.load();
        assertThat(embedder.loaded()).isTrue();
    }

    @AfterAll
    void close() {
        embedder.close();
    }

    @Test
    void a_passage_that_answers_is_nearer_than_one_that_does_not() {
        Embedding query = embedder.embedQuery("How long does bread bake?");
        Embedding answer = embedder.embed(List.of("The loaf stays in the oven for an hour."))
                .getFirst();
        Embedding other = embedder.embed(List.of("A pool keeps connections to the database open."))
                .getFirst();

        assertThat(query.similarity(answer)).isGreaterThan(query.similarity(other) + 0.1f);
    }

    @Test
    void many_texts_are_embedded_side_by_side_in_their_order() {
        List<String> texts = List.of("one", "two", "three", "four", "five");

        assertThat(embedder.embed(texts))
                .containsExactlyElementsOf(texts.stream()
                        .map(text -> embedder.embed(List.of(text)).getFirst())
                        .toList());
        assertThat(embedder.embed(List.of())).isEmpty();
    }

    @Test
    void vectors_have_length_one_however_long_the_text_is() {
        for (String text : List.of("", "short", "The pool of the connections to the database. ".repeat(80))) {
            Embedding embedding = embedder.embed(List.of(text)).getFirst();

            assertThat(embedding.similarity(embedding)).isCloseTo(1f, within(1e-4f));
        }
    }

    @Test
    void function_words_make_room_in_a_long_text() {
        String filler = "it is of the ".repeat(60);
        Embedding query = embedder.embedQuery("sourdough bread");

        Embedding late =
                embedder.embed(List.of(filler + "sourdough bread in the oven")).getFirst();
        Embedding never = embedder.embed(List.of(filler)).getFirst();

        assertThat(query.similarity(late)).isGreaterThan(query.similarity(never) + 0.1f);
    }

    @Test
    void the_name_tells_the_model() {
        assertThat(embedder.model()).startsWith("bge-small-en-v1.5");
    }

    @Test
    void one_that_was_never_loaded_closes_without_loading() {
        BgeEmbedder idle = new BgeEmbedder(null);

        idle.close();

        assertThat(idle.loaded()).isFalse();
    }
}
