package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.TestReader.MESSAGES;
import static dev.lectern.answer.TestReader.WHY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.answer.TestReader.Event;
import dev.lectern.answer.TestReader.Stream;
import dev.lectern.conversation.Answer;
import dev.lectern.llm.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/// Answers as streams.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StreamHttpTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private final TestReader reader = SERVER.reader;

    @Test
    void a_stream_comes_event_by_event_while_the_model_writes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        SERVER.answering(new ScriptedModel("patient", (_, text) -> {
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
        ScriptedModel model = SERVER.answering(ScriptedModel.hangingAfter("So far."));
        Stream stream = reader.stream(WHY);
        stream.next();
        stream.next();
        SERVER.fixtures.dialogue.forgetStored();

        stream.close();

        assertThat(model.wasLeft()).isTrue();
        Answer stored = SERVER.fixtures.dialogue.nextStored();
        assertThat(stored.content()).isEqualTo("So far.");
        assertThat(stored.stopped()).isTrue();
    }

    @Test
    void a_reader_stops_an_answer() throws Exception {
        SERVER.answering(ScriptedModel.hangingAfter("So far."));

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
    void a_model_that_fails_in_the_middle_of_a_stream_ends_it_with_a_problem() throws Exception {
        SERVER.answering(ScriptedModel.failingAfter("A be"));

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
        SERVER.answering(ScriptedModel.writing("Because."));
        SERVER.fixtures.search.fails(true);

        try (Stream stream = reader.stream(WHY)) {
            Event error = stream.next();

            assertThat(error.name()).isEqualTo("error");
            assertThat(error.data().at("/status").asInt()).isEqualTo(500);
            assertThat(error.data().toString()).doesNotContain("secret");
        } finally {
            SERVER.fixtures.search.fails(false);
        }
    }

    @Test
    void a_stream_and_its_model_log_under_the_requests_ids() throws Exception {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        SERVER.answering(new ScriptedModel("logging", (_, text) -> {
            ids.add(MDC.get("request_id") + " " + MDC.get("trace_id"));
            text.accept("Because.");
            return new Reply(true);
        }));
        SERVER.fixtures.search.before(() -> ids.add(MDC.get("request_id") + " " + MDC.get("trace_id")));
        String trace = "0af7651916cd43dd8448eb211c80319c";

        for (String accept : List.of("text/event-stream", "application/json")) {
            ids.clear();
            reader.ask(
                    WHY,
                    "Accept",
                    accept,
                    "X-Request-Id",
                    "the-request",
                    "traceparent",
                    "00-" + trace + "-b7ad6b7169203331-01");

            assertThat(ids).hasSize(2).containsOnly("the-request " + trace);
        }
    }
}
