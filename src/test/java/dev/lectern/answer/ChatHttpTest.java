package dev.lectern.answer;

import static dev.lectern.answer.TestReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.access.ReaderId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ChatHttpTest {

    private static final String CHAT = "/api/v1/chat";
    private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private final TestReader reader = SERVER.reader;

    @BeforeEach
    void modelAnswers() {
        SERVER.answering(ScriptedModel.writing("Because [1] and [2]."));
    }

    @Test
    void a_question_of_nobody_makes_a_conversation_that_the_session_goes_on_with() throws Exception {
        JsonNode first = json(reader.post(CHAT, "{\"query\": \"Why?\", \"book_id\": \"handbook\"}"));

        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("id", "session_id", "content", "timestamp", "retrieved_contexts");
        assertThat(first.at("/content").asText()).isEqualTo("Because [1] and [2].");
        assertThat(first.at("/timestamp").asText()).isEqualTo("2026-11-23T12:00:00.123Z");
        assertThat(first.at("/retrieved_contexts/0").fieldNames())
                .toIterable()
                .containsExactly("id", "content", "source_location", "relevance_score");
        assertThat(first.at("/retrieved_contexts/0/source_location").asText()).isEqualTo("/docs/pools#limits");
        assertThat(first.at("/retrieved_contexts/1/source_location").asText()).isEqualTo("/docs/wakes");

        String session = first.at("/session_id").asText();
        JsonNode second = json(reader.post(CHAT, "{\"query\": \"And how?\", \"session_id\": \"" + session + "\"}"));

        assertThat(second.at("/session_id").asText()).isEqualTo(session);
        assertThat(SERVER.fixtures.dialogue.turns.get(UUID.fromString(session))).hasSize(2);
        assertThat(SERVER.fixtures.dialogue.opened.getLast().reader())
                .isEqualTo(new ReaderId(UUID.fromString(session)));
        assertThat(SERVER.fixtures.search.queries.getLast().book()).isEqualTo("handbook");
    }

    @Test
    void an_unknown_session_becomes_a_new_one() throws Exception {
        UUID unknown = UUID.randomUUID();

        JsonNode reply = json(reader.post(CHAT, "{\"query\": \"Why?\", \"session_id\": \"" + unknown + "\"}"));

        assertThat(reply.at("/session_id").asText()).isNotEqualTo(unknown.toString());
    }

    @Test
    void a_reader_with_a_token_owns_the_conversation() throws Exception {

        JsonNode reply = json(reader.post(CHAT, "{\"query\": \"Why?\"}", "Authorization", TestServer.BEARER));

        assertThat(SERVER.fixtures.dialogue.opened.getLast().reader()).isEqualTo(Fixtures.READER);
        String session = reply.at("/session_id").asText();
        JsonNode stranger = json(reader.post(CHAT, "{\"query\": \"Why?\", \"session_id\": \"" + session + "\"}"));
        assertThat(stranger.at("/session_id").asText()).isNotEqualTo(session);
    }

    @ParameterizedTest
    @MethodSource
    void a_token_that_is_not_good_is_refused_and_not_taken_for_none(String header) throws Exception {
        int before = SERVER.fixtures.dialogue.opened.size();

        HttpResponse<String> response = reader.post(CHAT, "{\"query\": \"Why?\"}", "Authorization", header);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:lectern:problem:unauthorized");
        assertThat(SERVER.fixtures.dialogue.opened).hasSize(before);
    }

    static Stream<Named<String>> a_token_that_is_not_good_is_refused_and_not_taken_for_none() {
        return Stream.of(
                Named.of("forged", TestServer.bearer("another secret of thirty-two bytes", Fixtures.NOW)),
                Named.of("expired", TestServer.bearer(TestServer.SECRET, Fixtures.NOW.minus(Duration.ofDays(1)))),
                Named.of("cut short", TestServer.BEARER.substring(0, TestServer.BEARER.length() - 1)),
                Named.of("malformed", "Bearer undefined"));
    }

    @Test
    void a_repeat_with_the_same_key_is_the_same_reply_for_nobody_too() throws Exception {
        String body = "{\"query\": \"Why?\"}";
        JsonNode first = json(reader.post(CHAT, body, "Idempotency-Key", KEY));

        assertThat(json(reader.post(CHAT, body, "Idempotency-Key", KEY))).isEqualTo(first);
        assertThat(reader.post(CHAT, "{\"query\": \"How?\"}", "Idempotency-Key", KEY)
                        .statusCode())
                .isEqualTo(422);
        String unknown = "{\"query\": \"Why?\", \"session_id\": \"" + UUID.randomUUID() + "\"}";
        assertThat(json(reader.post(CHAT, unknown, "Idempotency-Key", "k")))
                .isEqualTo(json(reader.post(CHAT, unknown, "Idempotency-Key", "k")));
    }

    @Test
    void a_key_that_others_could_guess_does_not_tell_who_asks() throws Exception {
        HttpResponse<String> response = reader.post(CHAT, "{\"query\": \"Why?\"}", "Idempotency-Key", "1");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo("Idempotency-Key");
        assertThat(reader.post(
                                CHAT,
                                "{\"query\": \"Why?\"}",
                                "Idempotency-Key",
                                "1",
                                "Authorization",
                                TestServer.BEARER)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void without_the_database_the_reply_says_so() throws Exception {
        SERVER.fixtures.dialogue.failing(true, true);

        JsonNode reply = json(reader.post(CHAT, "{\"query\": \"Why?\", \"book_id\": \"handbook\"}"));

        assertThat(reply.at("/content").asText()).startsWith("Because");
        assertThat(reply.at("/saved").isBoolean()).isTrue();
        assertThat(reply.at("/saved").asBoolean()).isFalse();
        assertThat(reply.at("/degraded/reason").asText()).isEqualTo("database-down");
        assertThat(SERVER.fixtures.search.queries.getLast().book()).isEqualTo("handbook");
    }

    @Test
    void what_is_wrong_with_a_request_is_told_all_at_once() throws Exception {
        HttpResponse<String> response = reader.post(
                CHAT, "{\"query\": \" \", \"session_id\": \"17\", \"book_id\": \"none\", \"selected_text\": \"\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors").findValuesAsText("pointer"))
                .containsExactly("/query", "/session_id", "/book_id");
        assertThat(reader.post(CHAT, "").statusCode()).isEqualTo(400);
        assertThat(reader.post(CHAT, "{\"query\": \"Why?\", \"book_id\": \"\", \"session_id\": \"\"}")
                        .statusCode())
                .isEqualTo(200);
    }
}
