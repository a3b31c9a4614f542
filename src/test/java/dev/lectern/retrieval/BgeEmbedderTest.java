package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.book.Embedding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class BgeEmbedderTest {

    private final BgeEmbedder embedder = new BgeEmbedder(null);

    @BeforeAll
    void load() {
        embedder.load();
        assertThat(embedder.failure()).isEmpty();
    }

    @AfterAll
    void close() {
        embedder.close();
    }

    @Test
    void a_passage_that_answers_is_nearer_than_one_that_does_not() {
        Embedding query = embedder.embedQuery("How long does bread bake?").orElseThrow();
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
        Embedding query = embedder.embedQuery("sourdough bread").orElseThrow();

        Embedding late =
                embedder.embed(List.of(filler + "sourdough bread in the oven")).getFirst();
        Embedding never = embedder.embed(List.of(filler)).getFirst();

        assertThat(query.similarity(late)).isGreaterThan(query.similarity(never) + 0.1f);
    }

    @Test
    void a_model_that_is_kept_unpacked_is_the_same(@TempDir Path cache) {
        try (BgeEmbedder cached = new BgeEmbedder(cache)) {
            assertThat(cached.embedQuery("bread")).isEqualTo(embedder.embedQuery("bread"));
            assertThat(cache).isDirectoryContaining(file -> file.toString().endsWith(".onnx"));
        }
    }

    @Test
    void the_name_tells_the_model() {
        assertThat(embedder.model()).startsWith("bge-small-en-v1.5");
    }

    @Test
    void one_that_was_never_loaded_closes_without_loading_and_stays_so() {
        AtomicInteger loads = new AtomicInteger();
        BgeEmbedder idle = failing(loads);

        idle.close();

        assertThat(idle.embedQuery("bread")).isEmpty();
        assertThat(loads).hasValue(0);
    }

    @Test
    void a_load_that_failed_is_repeated_after_some_seconds() {
        AtomicLong now = new AtomicLong(-1); // like System.nanoTime, of no known origin
        AtomicInteger loads = new AtomicInteger();
        try (BgeEmbedder healing = new BgeEmbedder(
                () -> {
                    if (loads.incrementAndGet() == 1) {
                        throw new IOException("No space left on device");
                    }
                    return BgeEmbedder.read(null);
                },
                now::get,
                Duration.ofSeconds(20))) {
            assertThat(healing.embedQuery("bread")).isEmpty();
            assertThat(healing.failure()).get().isInstanceOf(IOException.class);
            now.addAndGet(Duration.ofMillis(4999).toNanos());
            assertThat(healing.embedQuery("bread")).isEmpty();
            assertThatThrownBy(() -> healing.embed(List.of("bread"))).isInstanceOf(IllegalStateException.class);
            assertThat(loads).hasValue(1);

            now.addAndGet(Duration.ofMillis(1).toNanos());

            assertThat(healing.embedQuery("bread")).isEqualTo(embedder.embedQuery("bread"));
            assertThat(healing.failure()).isEmpty();
            assertThat(loads).hasValue(2);
        }
    }

    @Test
    void a_query_does_not_wait_for_ever_and_may_be_interrupted() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        BgeEmbedder slow = new BgeEmbedder(
                () -> {
                    loading.countDown();
                    hold.await();
                    throw new IOException("never there");
                },
                System::nanoTime,
                Duration.ofMillis(20));
        Thread first = Thread.ofPlatform().start(() -> slow.embedQuery("first"));
        loading.await();

        assertThat(slow.embedQuery("second")).isEmpty();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> slow.embedQuery("third")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        hold.countDown();
        first.join();
    }

    private static BgeEmbedder failing(AtomicInteger loads) {
        return new BgeEmbedder(
                () -> {
                    loads.incrementAndGet();
                    throw new IOException("not here");
                },
                System::nanoTime,
                Duration.ofSeconds(1));
    }
}
