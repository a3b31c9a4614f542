package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.TestReader.MESSAGES;
import static dev.lectern.answer.TestReader.WHY;
import static dev.lectern.answer.TestReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.answer.TestReader.Stream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers as JSON, and what is refused.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AnswerHttpTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private final TestReader reader = SERVER.reader;

    @Test
    void an_answer_is_whole_for_those_who_accept_JSON_or_anything() throws Exception {
        SERVER.answering(ScriptedModel.writing("Because [1]."));

        for (String accept : List.of("application/json", "*/*")) {
            HttpResponse<String> response = reader.ask(WHY, "Accept", accept);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode answer = json(response);
            assertThat(answer.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "id",
                            "conversation_id",
                            "role",
                            "content",
                            "citations",
                            "grounded",
                            "model",
                            "saved",
                            "timings",
                            "created_at");
            assertThat(answer.at("/conversation_id").asText()).isEqualTo(CONVERSATION.toString());
            assertThat(answer.at("/role").asText()).isEqualTo("assistant");
            assertThat(answer.at("/content").asText()).isEqualTo("Because [1].");
            assertThat(answer.at("/citations/0/passage_id").isTextual()).isTrue();
            assertThat(answer.at("/timings").fieldNames())
                    .toIterable()
                    .containsExactly("retrieval_ms", "first_token_ms", "total_ms", "backend_ms");
            assertThat(answer.at("/created_at").asText()).isEqualTo("2026-11-23T12:00:00.123Z");
        }
    }

    @Test
    void without_the_database_questions_are_answered_and_not_called_saved() throws Exception {
        SERVER.answering(ScriptedModel.writing("Because [1]."));
        SERVER.fixtures.dialogue.failing(true, true);

        JsonNode answer = json(reader.ask(WHY));

        assertThat(answer.at("/saved").asBoolean()).isFalse();
        assertThat(answer.at("/degraded/reason").asText()).isEqualTo("database-down");
        assertThat(answer.at("/degraded/retry_after").asInt()).isEqualTo(2);
        try (Stream stream = reader.stream(WHY)) {
            JsonNode done = stream.rest().getLast().data();
            assertThat(done.at("/saved").asBoolean()).isFalse();
            assertThat(done.at("/degraded/reason").asText()).isEqualTo("database-down");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"question\": \"\"}`, /question",
                "`{\"question\": \"Why?\", \"page_url\": \"javascript:x\"}`, /page_url",
                "`{\"question\": \"Why?\", \"colour\": 1}`, /colour",
                "``, ``"
            })
    void a_request_that_is_not_as_the_contract_says_is_refused(String body, String pointer) throws Exception {
        int before = SERVER.fixtures.dialogue.opened.size();

        for (String accept : List.of("application/json", "text/event-stream")) {
            HttpResponse<String> response = reader.ask(body, "Accept", accept);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
        assertThat(SERVER.fixtures.dialogue.opened).hasSize(before);
    }

    @Test
    void headers_that_are_not_as_the_contract_says_are_refused_by_name() throws Exception {
        assertThat(json(reader.ask(WHY, "Idempotency-Key", "\""))
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("Idempotency-Key");
        HttpResponse<String> stream = reader.ask(WHY, "Last-Event-ID", "17", "Accept", "text/event-stream");
        assertThat(json(stream).at("/errors/0/pointer").asText()).isEqualTo("Last-Event-ID");
    }

    @Test
    void nobody_asks_without_a_token_or_in_a_conversation_that_is_not_there() throws Exception {
        String nowhere = "/api/v1/conversations/" + SERVER.fixtures.id() + "/messages";

        assertThat(reader.post(MESSAGES, WHY).statusCode()).isEqualTo(401);
        assertThat(reader.post(nowhere, WHY, "Authorization", TestServer.BEARER).statusCode())
                .isEqualTo(404);
        assertThat(reader.post(nowhere, WHY, "Authorization", TestServer.BEARER, "Accept", "text/event-stream")
                        .statusCode())
                .isEqualTo(404);
        assertThat(reader.post("/api/v1/conversations/17/messages", WHY, "Authorization", TestServer.BEARER)
                        .statusCode())
                .isEqualTo(404);
    }
}
