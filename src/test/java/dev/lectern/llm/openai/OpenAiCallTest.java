package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestKeyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a call ends: in time, out of time, by an interruption or by its reader.
class OpenAiCallTest {

    private final StubLanguageModelServer server = new StubLanguageModelServer();
    private final OpenAiModel model = new OpenAiModel(OpenAiSettings.of(server.baseUrl(), null, "stub-1"));

    @AfterEach
    void close() {
        model.close();
        server.close();
    }

    @Test
    void hands_a_piece_on_before_the_next_has_come() throws Exception {
        server.stallsAfter("First");
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        var asked = Asked.of(model, pieces);

        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("First");

        server.release();
        assertThat(asked.reply().get(10, TimeUnit.SECONDS).grounded()).isFalse();
    }

    @Test
    void times_out_when_no_text_comes() throws Exception {
        server.stallsAfter();

        assertThat(Asked.failure(hasty(200, 60_000)).reason()).isEqualTo(Reason.TIMEOUT);
        server.awaitOpenCalls(0);
    }

    @Test
    void times_out_when_not_even_a_header_comes() throws Exception {
        server.staysSilent();

        assertThat(Asked.failure(hasty(200, 60_000)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void times_out_when_the_answer_does_not_end() throws Exception {
        server.stallsAfter("A zorblatt", " is");
        List<String> pieces = new ArrayList<>();

        assertThatThrownBy(() -> hasty(2_000, 2_000).generate(Asked.PROMPT, pieces::add))
                .isInstanceOfSatisfying(
                        LanguageModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));

        assertThat(String.join("", pieces)).startsWith("A zorblatt");
        server.awaitOpenCalls(0);
    }

    @Test
    void an_interruption_before_the_first_text_ends_the_call() throws Exception {
        server.stallsAfter();
        var asked = Asked.of(model, new LinkedBlockingQueue<>());
        server.awaitOpenCalls(1);

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isEqualTo(1);
    }

    @Test
    void an_interruption_before_the_headers_ends_the_call() throws Exception {
        server.staysSilent();
        var asked = Asked.of(model, new LinkedBlockingQueue<>());
        server.awaitOpenCalls(1);

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_interruption_in_the_middle_ends_the_call() throws Exception {
        server.stallsAfter("A zorblatt ", "is");
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        var asked = Asked.of(model, pieces);
        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("A zorblatt");

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isEqualTo(1);
    }

    @Test
    void makes_no_call_for_a_thread_that_is_interrupted_already() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> model.generate(Asked.PROMPT, piece -> {})).isInstanceOf(InterruptedException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void what_the_reader_throws_ends_the_call_and_comes_back() throws Exception {
        server.stallsAfter("A zorblatt", " is");

        assertThatThrownBy(() -> model.generate(Asked.PROMPT, piece -> {
                    throw new IllegalStateException("gone");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gone");
        server.awaitOpenCalls(0);
    }

    @Test
    void fifty_answers_are_waited_for_at_once() throws Exception {
        server.stallsAfter("Slow [1].");
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(Asked.of(model, new LinkedBlockingQueue<>()));
        }
        server.awaitOpenCalls(50);

        server.release();

        for (Asked one : asked) {
            assertThat(one.reply().get(10, TimeUnit.SECONDS).grounded()).isTrue();
        }
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isZero();
    }

    @Test
    void an_answer_over_tls_is_waited_for_as_patiently(@TempDir Path folder) throws Exception {
        TestKeyStore keys = TestKeyStore.in(folder);
        try (var encrypted = new StubLanguageModelServer(keys.serving());
                var trusting = new OpenAiModel(settings(encrypted, 10_000, 10_000), keys.trusting());
                var hasty = new OpenAiModel(settings(encrypted, 2_000, 2_000), keys.trusting());
                var distrusting = new OpenAiModel(settings(encrypted, 2_000, 2_000))) {
            encrypted.answers(Collections.nCopies(400, "word ").toArray(String[]::new));
            assertThat(trusting.generate(Asked.PROMPT, piece -> {}).grounded()).isFalse();

            encrypted.stallsAfter("Encrypted");
            assertThat(Asked.failure(hasty).reason()).isEqualTo(Reason.TIMEOUT);
            encrypted.awaitOpenCalls(0);
            assertThat(encrypted.abandonedCalls()).isEqualTo(1);

            encrypted.staysSilent();
            assertThat(Asked.failure(hasty).reason()).isEqualTo(Reason.TIMEOUT);

            assertThat(Asked.failure(distrusting)).hasMessage("the server cannot be reached");
        }
    }

    private static OpenAiSettings settings(StubLanguageModelServer server, long firstTokenMillis, long totalMillis) {
        return OpenAiSettings.of(server.baseUrl(), null, "stub-1")
                .withTimeouts(
                        Duration.ofSeconds(2), Duration.ofMillis(firstTokenMillis), Duration.ofMillis(totalMillis));
    }

    private OpenAiModel hasty(long firstTokenMillis, long totalMillis) {
        return new OpenAiModel(settings(server, firstTokenMillis, totalMillis));
    }
}
