package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.Prompt.Speaker;
import dev.lectern.llm.Prompt.Turn;
import dev.lectern.llm.Reply;
import dev.lectern.testing.StubLanguageModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiModelTest {

    private static final String KEY = "sk-secret-of-the-test";
    private static final Prompt PROMPT = new Prompt(
            "What is a zorblatt?",
            null,
            List.of(),
            List.of(
                    new Source(1, "Animals > Zorblatts", "A zorblatt is a small furry animal.", 0.8),
                    new Source(2, "Animals > Food", "Zorblatts eat moss.", 0.7)));

    private final StubLanguageModelServer server = new StubLanguageModelServer();
    private final OpenAiModel model = new OpenAiModel(OpenAiSettings.of(server.baseUrl(), KEY, "stub-1"));

    @AfterEach
    void close() {
        model.close();
        server.close();
    }

    @Test
    void hands_the_answer_on_piece_by_piece() throws Exception {
        server.answers("A zorblatt ", "is small", " [1].");
        List<String> pieces = new ArrayList<>();

        Reply reply = model.generate(PROMPT, pieces::add);

        assertThat(String.join("", pieces)).isEqualTo("A zorblatt is small [1].");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(reply.grounded()).isTrue();
        assertThat(model.name()).isEqualTo("stub-1");
    }

    @Test
    void hands_a_piece_on_before_the_next_has_come() throws Exception {
        server.stallsAfter("First");
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        var asked = asking(model, pieces);

        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("First");

        server.release();
        assertThat(asked.reply().get(10, TimeUnit.SECONDS).grounded()).isFalse();
    }

    @Test
    void removes_citations_of_passages_that_there_are_not() throws Exception {
        server.answers("Small [", "9", "] and furry [1", ", 7].");

        assertThat(answer(model)).isEqualTo("Small and furry [1].");
    }

    @Test
    void calls_an_answer_without_a_citation_ungrounded() throws Exception {
        server.answers("Everybody knows that [5].");

        assertThat(model.generate(PROMPT, piece -> {}).grounded()).isFalse();
    }

    @Test
    void calls_a_refusal_ungrounded() throws Exception {
        server.answers("The book does not ", "answer this. [1]");

        assertThat(model.generate(PROMPT, piece -> {}).grounded()).isFalse();
    }

    @Test
    void sends_key_model_and_limits_and_asks_for_a_stream() throws Exception {
        var settings = new OpenAiSettings(
                server.baseUrl(),
                KEY,
                "stub-2",
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                0.1,
                200);
        try (var other = new OpenAiModel(settings)) {
            answer(other);
        }

        var request = server.lastRequest();
        assertThat(request.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(request.body().path("model").asText()).isEqualTo("stub-2");
        assertThat(request.body().path("stream").asBoolean()).isTrue();
        assertThat(request.body().path("temperature").asDouble()).isEqualTo(0.1);
        assertThat(request.body().path("max_tokens").asInt()).isEqualTo(200);
    }

    @Test
    void sends_the_passages_fenced_and_the_turns_as_messages() throws Exception {
        var prompt = new Prompt(
                "And what do they eat?",
                "furry animal",
                List.of(
                        new Turn(Speaker.ASSISTANT, "Welcome."),
                        new Turn(Speaker.READER, "What is a zorblatt?"),
                        new Turn(Speaker.ASSISTANT, "A small animal [3]."),
                        new Turn(Speaker.READER, "Never answered")),
                PROMPT.sources());

        model.generate(prompt, piece -> {});

        var request = server.lastRequest();
        assertThat(request.roles()).containsExactly("system", "user", "assistant", "user");
        assertThat(request.messages().get(0)).contains("The book does not answer this.");
        assertThat(request.messages().get(1)).isEqualTo("What is a zorblatt?");
        assertThat(request.messages().get(2)).isEqualTo("A small animal.");
        assertThat(request.messages().get(3))
                .contains("begin passage [1]\nAnimals > Zorblatts\n\nA zorblatt is a small furry animal.")
                .contains("begin passage [2]")
                .contains("begin marked by the reader\nfurry animal")
                .contains("begin question\nAnd what do they eat?");
    }

    @Test
    void fences_each_call_with_another_boundary() throws Exception {
        answer(model);
        answer(model);

        assertThat(server.requests().get(0).messages().getLast())
                .isNotEqualTo(server.requests().get(1).messages().getLast());
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, MISCONFIGURED",
        "402, RATE_LIMITED",
        "403, MISCONFIGURED",
        "404, MISCONFIGURED",
        "408, TIMEOUT",
        "422, REFUSED",
        "429, RATE_LIMITED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "302, MISCONFIGURED"
    })
    void translates_what_the_server_answers(int status, Reason reason) throws Exception {
        server.fails(status, """
                {"error": {"message": "Wrong key %s for: What is a zorblatt?", "code": "some_code"}}""".formatted(KEY));

        LanguageModelException failure = failure(model);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(status + " (some_code)").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain(KEY).doesNotContain("zorblatt");
        assertThat(server.requests()).as("no repetition").hasSize(1);
    }

    @Test
    void is_unavailable_when_nobody_listens() throws Exception {
        try (var unreachable = new OpenAiModel(OpenAiSettings.of(unusedPort(), null, "m"))) {
            assertThat(failure(unreachable).reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void is_unavailable_when_the_answer_is_no_json() throws Exception {
        server.sends("{ this is no JSON: What is a zorblatt?");

        LanguageModelException failure = failure(model);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.getMessage()).doesNotContain("zorblatt");
    }

    @Test
    void is_unavailable_when_the_answer_is_cut_off() throws Exception {
        server.sends(StubLanguageModelServer.piece("A zorblatt is"));

        assertThat(failure(model).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void is_unavailable_when_the_answer_is_empty() throws Exception {
        server.answers();

        assertThat(failure(model).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void is_refused_when_the_servers_filter_holds_the_answer_back() throws Exception {
        server.sends(StubLanguageModelServer.end("content_filter"), "[DONE]");

        assertThat(failure(model).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void notices_an_error_in_the_stream() throws Exception {
        server.sends(StubLanguageModelServer.piece("A "), "{\"error\": {\"code\": 429, \"message\": \"slow down\"}}");

        assertThat(failure(model).reason()).isEqualTo(Reason.RATE_LIMITED);
    }

    @Test
    void times_out_when_no_text_comes() throws Exception {
        server.stallsAfter();

        assertThat(failure(hasty(200, 60_000)).reason()).isEqualTo(Reason.TIMEOUT);
        server.awaitOpenCalls(0);
    }

    @Test
    void times_out_when_not_even_a_header_comes() throws Exception {
        server.staysSilent();

        assertThat(failure(hasty(200, 60_000)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void times_out_when_the_answer_does_not_end() throws Exception {
        server.stallsAfter("A zorblatt", " is");
        List<String> pieces = new ArrayList<>();

        assertThatThrownBy(() -> hasty(500, 500).generate(PROMPT, pieces::add))
                .isInstanceOfSatisfying(
                        LanguageModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));

        assertThat(String.join("", pieces)).startsWith("A zorblatt");
        server.awaitOpenCalls(0);
    }

    @Test
    void an_interruption_before_the_first_text_ends_the_call() throws Exception {
        server.stallsAfter();
        var asked = asking(model, new LinkedBlockingQueue<>());
        server.awaitOpenCalls(1);

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isEqualTo(1);
    }

    @Test
    void an_interruption_before_the_headers_ends_the_call() throws Exception {
        server.staysSilent();
        var asked = asking(model, new LinkedBlockingQueue<>());
        server.awaitOpenCalls(1);

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_interruption_in_the_middle_ends_the_call() throws Exception {
        server.stallsAfter("A zorblatt ", "is");
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        var asked = asking(model, pieces);
        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("A zorblatt");

        asked.thread().interrupt();

        assertThat(asked.failure()).isInstanceOf(InterruptedException.class);
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isEqualTo(1);
    }

    @Test
    void makes_no_call_for_a_thread_that_is_interrupted_already() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> model.generate(PROMPT, piece -> {})).isInstanceOf(InterruptedException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void what_the_reader_throws_ends_the_call_and_comes_back() throws Exception {
        server.stallsAfter("A zorblatt", " is");

        assertThatThrownBy(() -> model.generate(PROMPT, piece -> {
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
            asked.add(asking(model, new LinkedBlockingQueue<>()));
        }
        server.awaitOpenCalls(50);

        server.release();

        for (Asked one : asked) {
            assertThat(one.reply().get(10, TimeUnit.SECONDS).grounded()).isTrue();
        }
        server.awaitOpenCalls(0);
        assertThat(server.abandonedCalls()).isZero();
    }

    private record Asked(Thread thread, CompletableFuture<Reply> reply) {

        Throwable failure() throws Exception {
            try {
                return new AssertionError("answered: " + reply.get(1, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            }
        }
    }

    private static Asked asking(OpenAiModel model, BlockingQueue<String> pieces) {
        var reply = new CompletableFuture<Reply>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                reply.complete(model.generate(PROMPT, pieces::add));
            } catch (LanguageModelException | InterruptedException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return new Asked(thread, reply);
    }

    private static String answer(OpenAiModel model) throws Exception {
        var text = new StringBuilder();
        model.generate(PROMPT, text::append);
        return text.toString();
    }

    private static LanguageModelException failure(OpenAiModel model) throws Exception {
        Reply reply;
        try {
            reply = model.generate(PROMPT, piece -> {});
        } catch (LanguageModelException e) {
            return e;
        }
        throw new AssertionError("answered: " + reply);
    }

    private OpenAiModel hasty(long firstTokenMillis, long totalMillis) {
        return new OpenAiModel(OpenAiSettings.of(server.baseUrl(), null, "stub-1")
                .withTimeouts(
                        Duration.ofSeconds(1), Duration.ofMillis(firstTokenMillis), Duration.ofMillis(totalMillis)));
    }

    private static URI unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }
    }
}
