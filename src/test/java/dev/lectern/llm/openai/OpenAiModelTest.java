package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.llm.Prompt;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiModelTest {

    private static final String KEY = "sk-secret-of-the-test";
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

        Reply reply = model.generate(Asked.PROMPT, pieces::add);

        assertThat(String.join("", pieces)).isEqualTo("A zorblatt is small [1].");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(reply.grounded()).isTrue();
        assertThat(model.name()).isEqualTo("stub-1");
    }

    @Test
    void removes_citations_of_passages_that_there_are_not() throws Exception {
        server.answers("Small [", "9", "] and furry [1", ", 7].");

        assertThat(answer(model)).isEqualTo("Small and furry [1].");
    }

    @Test
    void calls_an_answer_without_a_citation_ungrounded() throws Exception {
        server.answers("Everybody knows that [5].");

        assertThat(model.generate(Asked.PROMPT, piece -> {}).grounded()).isFalse();
    }

    @Test
    void calls_a_refusal_ungrounded() throws Exception {
        server.answers("The book does not ", "answer this. [1]");

        assertThat(model.generate(Asked.PROMPT, piece -> {}).grounded()).isFalse();
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
                Asked.PROMPT.sources());

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

        LanguageModelException failure = Asked.failure(model);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(status + " (some_code)").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain(KEY).doesNotContain("zorblatt");
        assertThat(server.requests()).as("no repetition").hasSize(1);
    }

    @Test
    void is_unavailable_when_nobody_listens() throws Exception {
        try (var unreachable = new OpenAiModel(OpenAiSettings.of(unusedPort(), null, "m"))) {
            assertThat(Asked.failure(unreachable).reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void is_unavailable_when_the_answer_is_no_json() throws Exception {
        server.sends("{ this is no JSON: What is a zorblatt?");

        LanguageModelException failure = Asked.failure(model);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.getMessage()).doesNotContain("zorblatt");
    }

    @Test
    void is_unavailable_when_the_answer_is_cut_off() throws Exception {
        server.sends(StubLanguageModelServer.piece("A zorblatt is"));

        assertThat(Asked.failure(model).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void is_unavailable_when_the_answer_is_empty() throws Exception {
        server.answers();

        assertThat(Asked.failure(model).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void is_refused_when_the_servers_filter_holds_the_answer_back() throws Exception {
        server.sends(StubLanguageModelServer.end("content_filter"), "[DONE]");

        assertThat(Asked.failure(model).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void notices_an_error_in_the_stream() throws Exception {
        server.sends(StubLanguageModelServer.piece("A "), "{\"error\": {\"code\": 429, \"message\": \"slow down\"}}");

        assertThat(Asked.failure(model).reason()).isEqualTo(Reason.RATE_LIMITED);
    }

    private static String answer(OpenAiModel model) throws Exception {
        var text = new StringBuilder();
        model.generate(Asked.PROMPT, text::append);
        return text.toString();
    }

    private static URI unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }
    }
}
