package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.TestReader.MESSAGES;
import static dev.lectern.answer.TestReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.answer.TestReader.Event;
import dev.lectern.answer.TestReader.Stream;
import dev.lectern.conversation.Answer;
import dev.lectern.llm.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AnswerHttpTest {

    private static final String WHY = "{\"question\": \"Why?\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestServer server;
    private final TestReader reader;

    AnswerHttpTest() throws Exception {
        server = new TestServer();
        reader = new TestReader(http, server.port());
    }

    @AfterEach
    void databaseIsBack() {
        server.fixtures.dialogue.failing(false, false);
    }

    @AfterAll
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void an_answer_is_whole_for_those_who_accept_JSON_or_anything() throws Exception {
        server.answering(ScriptedModel.writing("Because [1]."));

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
    void a_stream_comes_event_by_event_while_the_model_writes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        server.answering(new ScriptedModel("patient", (_, text) -> {
            text.accept("So 😀");
            seen.await();
            text.accept(" far [1].");
            return new Reply(true);
        }));

        try (Stream stream = reader.stream(WHY, "Accept-Encoding", "gzip")) {
            var headers = stream.response().headers();
            assertThat(headers.firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(headers.firstValue("X-Request-Id")).isPresent();
            assertThat(headers.firstValue("Content-Length")).isEmpty();
            Event start = stream.next();
            String answer = start.data().at("/answer_id").asText();
            assertThat(start.name()).isEqualTo("start");
            assertThat(start.id()).isEqualTo(answer + ":0");
            assertThat(start.data().at("/conversation_id").asText()).isEqualTo(CONVERSATION.toString());
            assertThat(start.data().at("/question_id").isTextual()).isTrue();
            assertThat(stream.next().data().at("/text").asText()).isEqualTo("So 😀");
            stream.awaitComment();
            seen.countDown();

            List<Event> rest = stream.rest();

            assertThat(rest).extracting(Event::name).containsExactly("delta", "citations", "done");
            assertThat(rest).extracting(Event::id).containsOnly(answer + ":14");
            assertThat(rest.get(1).data().at("/citations/0/n").asInt()).isEqualTo(1);
            JsonNode done = rest.get(2).data();
            assertThat(done.at("/id").asText()).isEqualTo(answer);
            assertThat(done.has("content")).isFalse();
            assertThat(done.at("/saved").asBoolean()).isTrue();
            assertThat(stream.lines().readLine()).isEmpty();
            assertThat(stream.lines().readLine()).isNull();
        }
    }

    @Test
    void a_client_that_disconnects_ends_the_model_and_what_was_written_is_stored() throws Exception {
        ScriptedModel model = server.answering(ScriptedModel.hangingAfter("So far."));
        Stream stream = reader.stream(WHY);
        stream.next();
        stream.next();
        server.fixtures.dialogue.forgetStored();

        stream.close();

        assertThat(model.wasLeft()).isTrue();
        Answer stored = server.fixtures.dialogue.nextStored();
        assertThat(stored.content()).isEqualTo("So far.");
        assertThat(stored.stopped()).isTrue();
    }

    @Test
    void a_reader_stops_an_answer() throws Exception {
        server.answering(ScriptedModel.hangingAfter("So far."));

        try (Stream stream = reader.stream(WHY)) {
            String answer = stream.next().data().at("/answer_id").asText();
            stream.next();
            HttpResponse<String> stopped =
                    reader.post(MESSAGES + "/" + answer + "/stop", "", "Authorization", TestServer.BEARER);

            assertThat(stopped.statusCode()).isEqualTo(202);
            JsonNode done = stream.rest().getLast().data();
            assertThat(done.at("/stopped").asBoolean()).isTrue();
            assertThat(done.at("/saved").asBoolean()).isTrue();
        }
    }

    @Test
    void nothing_is_stopped_that_does_not_run() throws Exception {
        for (String id : List.of(CONVERSATION.toString(), "17")) {
            HttpResponse<String> response =
                    reader.post(MESSAGES + "/" + id + "/stop", "", "Authorization", TestServer.BEARER);

            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_client_that_comes_back_gets_the_rest_of_an_ended_answer() throws Exception {
        server.answering(ScriptedModel.writing("So far [1]."));
        String answer = json(reader.ask(WHY)).at("/id").asText();

        try (Stream stream = reader.stream(WHY, "Last-Event-ID", answer + ":3")) {
            List<Event> events = stream.rest();

            assertThat(events).extracting(Event::name).containsExactly("start", "delta", "citations", "done");
            assertThat(events.get(0).id()).isEqualTo(answer + ":3");
            assertThat(events.get(1).data().at("/text").asText()).isEqualTo("far [1].");
            assertThat(events.get(1).id()).isEqualTo(answer + ":11");
        }
        try (Stream stream = reader.stream(WHY, "Last-Event-ID", answer + ":11")) {
            assertThat(stream.rest()).extracting(Event::name).containsExactly("start", "citations", "done");
        }
    }

    @Test
    void a_client_that_comes_back_for_what_nobody_knows_is_answered_anew() throws Exception {
        server.answering(ScriptedModel.writing("Anew."));

        try (Stream stream = reader.stream(WHY, "Last-Event-ID", CONVERSATION + ":3")) {
            assertThat(stream.rest().get(1).data().at("/text").asText()).isEqualTo("Anew.");
        }
    }

    @Test
    void a_client_that_comes_back_too_early_waits() throws Exception {
        server.answering(ScriptedModel.hangingAfter("So far."));

        try (Stream stream = reader.stream(WHY)) {
            String id = stream.next().id();
            try (Stream second = reader.stream(WHY, "Last-Event-ID", id)) {
                assertThat(second.response().statusCode()).isEqualTo(409);
                assertThat(second.response().headers().firstValue("Retry-After"))
                        .isPresent();
            }
        }
    }

    @Test
    void the_same_key_replays_in_either_form_and_no_other_question() throws Exception {
        server.answering(ScriptedModel.writing("Because [1]."));
        String key = "\"5f0c\"";
        JsonNode first = json(reader.ask(WHY, "Idempotency-Key", key));

        assertThat(json(reader.ask(WHY, "Idempotency-Key", "5f0c"))).isEqualTo(first);
        try (Stream stream = reader.stream(WHY, "Idempotency-Key", key)) {
            assertThat(stream.rest()).extracting(Event::name).containsExactly("start", "delta", "citations", "done");
        }
        HttpResponse<String> other = reader.ask("{\"question\": \"How?\"}", "Idempotency-Key", key);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).at("/type").asText()).isEqualTo("urn:lectern:problem:idempotency-key-reused");
    }

    @Test
    void without_the_database_questions_are_answered_and_not_called_saved() throws Exception {
        server.answering(ScriptedModel.writing("Because [1]."));
        server.fixtures.dialogue.failing(true, true);

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

    @Test
    void without_the_database_a_client_that_comes_back_is_answered_anew() throws Exception {
        server.answering(ScriptedModel.writing("Anew."));
        String answer = json(reader.ask(WHY)).at("/id").asText();
        server.fixtures.dialogue.failing(true, true);

        try (Stream stream = reader.stream(WHY, "Last-Event-ID", answer + ":3")) {
            List<Event> events = stream.rest();

            assertThat(events.get(1).data().at("/text").asText()).isEqualTo("Anew.");
            assertThat(events.getLast().data().at("/saved").asBoolean()).isFalse();
        }
    }

    @Test
    void a_model_that_fails_in_the_middle_of_a_stream_ends_it_with_a_problem() throws Exception {
        server.answering(ScriptedModel.failingAfter("A be"));

        try (Stream stream = reader.stream(WHY)) {
            String requestId =
                    stream.response().headers().firstValue("X-Request-Id").orElseThrow();
            Event error = stream.rest().getLast();

            assertThat(error.name()).isEqualTo("error");
            assertThat(error.id()).isEmpty();
            assertThat(error.data().at("/type").asText()).isEqualTo("urn:lectern:problem:language-model-unavailable");
            assertThat(error.data().at("/instance").asText()).isEqualTo(requestId);
        }
        HttpResponse<String> whole = reader.ask(WHY);
        assertThat(whole.statusCode()).isEqualTo(503);
        assertThat(whole.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_fault_of_our_own_in_the_middle_of_a_stream_says_nothing_of_the_inside() throws Exception {
        server.answering(ScriptedModel.writing("Because."));
        server.fixtures.search.fails(true);

        try (Stream stream = reader.stream(WHY)) {
            Event error = stream.next();

            assertThat(error.name()).isEqualTo("error");
            assertThat(error.data().at("/status").asInt()).isEqualTo(500);
            assertThat(error.data().toString()).doesNotContain("secret");
        } finally {
            server.fixtures.search.fails(false);
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
        int before = server.fixtures.dialogue.opened.size();

        for (String accept : List.of("application/json", "text/event-stream")) {
            HttpResponse<String> response = reader.ask(body, "Accept", accept);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
        assertThat(server.fixtures.dialogue.opened).hasSize(before);
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
        String nowhere = "/api/v1/conversations/" + server.fixtures.id() + "/messages";

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
