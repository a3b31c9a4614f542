package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.TestReader.WHY;
import static dev.lectern.answer.TestReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.answer.TestReader.Event;
import dev.lectern.answer.TestReader.Stream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Requests that are repeated or resumed.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ComebackHttpTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private final TestReader reader = SERVER.reader;

    @Test
    void a_client_that_comes_back_gets_the_rest_of_an_ended_answer() throws Exception {
        SERVER.answering(ScriptedModel.writing("So far [1]."));
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
        SERVER.answering(ScriptedModel.writing("Anew."));

        try (Stream stream = reader.stream(WHY, "Last-Event-ID", CONVERSATION + ":3")) {
            assertThat(stream.rest().get(1).data().at("/text").asText()).isEqualTo("Anew.");
        }
    }

    @Test
    void a_client_that_comes_back_too_early_waits() throws Exception {
        SERVER.answering(ScriptedModel.hangingAfter("So far."));

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
        SERVER.answering(ScriptedModel.writing("Because [1]."));
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
    void without_the_database_a_client_that_comes_back_is_answered_anew() throws Exception {
        SERVER.answering(ScriptedModel.writing("Anew."));
        String answer = json(reader.ask(WHY)).at("/id").asText();
        SERVER.fixtures.dialogue.failing(true, true);

        try (Stream stream = reader.stream(WHY, "Last-Event-ID", answer + ":3")) {
            List<Event> events = stream.rest();

            assertThat(events.get(1).data().at("/text").asText()).isEqualTo("Anew.");
            assertThat(events.getLast().data().at("/saved").asBoolean()).isFalse();
        }
    }
}
