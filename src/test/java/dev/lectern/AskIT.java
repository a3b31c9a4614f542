package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way of a question through the whole application, with a language model that is scripted.
class AskIT {

    private static StubLanguageModelServer model;
    private static LecternServer lectern;

    private LecternClient reader;
    private String conversation;

    @BeforeAll
    static void start() {
        model = new StubLanguageModelServer();
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + TestPostgres.port() + "/"
                                + TestPostgres.freshDatabase(),
                        Map.of(
                                "llm.model",
                                "openai",
                                "llm.openai.baseUrl",
                                model.baseUrl().toString()))
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
        model.close();
    }

    @BeforeEach
    void converse() {
        reader = lectern.reader();
        conversation = reader.converse("pools");
    }

    @AfterEach
    void leave() {
        reader.close();
    }

    @Test
    void the_widget_may_come_without_a_token_and_not_with_a_forged_one() {
        String query = "{\"query\": \"What is a permit?\", \"book_id\": \"pools\"}";
        try (LecternClient nobody = new LecternClient(lectern.url())) {
            assertThat(nobody.post("/chat", query).status()).isEqualTo(200);

            Reply forged = nobody.bearing("forged").post("/chat", query);
            assertThat(forged.status()).isEqualTo(401);
            assertThat(forged.json().at("/type").asText()).isEqualTo("urn:lectern:problem:unauthorized");
        }
        assertThat(reader.post("/chat", query).status()).isEqualTo(200);
    }

    @Test
    void a_conversation_is_made_once_per_key() {
        Reply made = reader.post("/conversations", "{}", "Idempotency-Key", "one");
        Reply again = reader.post("/conversations", "{}", "Idempotency-Key", "one");
        Reply other = reader.post("/conversations", "{\"title\": \"Another\"}", "Idempotency-Key", "one");

        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(made.json());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().at("/type").asText()).isEqualTo("urn:lectern:problem:idempotency-key-reused");
    }

    @Test
    void each_answer_follows_its_question_in_the_history() {
        List<String> said = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            model.answers("Answer " + turn + " [1].");
            reader.ask(conversation, "Question " + turn);
            said.addAll(List.of("Question " + turn, "Answer " + turn + " [1]."));
        }

        JsonNode messages = reader.get("/conversations/" + conversation + "/messages?limit=100")
                .json()
                .at("/items");

        assertThat(messages.findValuesAsText("content")).isEqualTo(said);
    }

    @Test
    void the_model_is_told_the_turns_before() {
        model.answers("A pool is a set of connections [1].");
        reader.ask(conversation, "What is a pool?");
        reader.ask(conversation, "And a permit?");

        assertThat(model.lastRequest().roles()).containsExactly("system", "user", "assistant", "user");
        assertThat(model.lastRequest().messages().get(1)).contains("What is a pool?");
    }

    @Test
    void a_stream_begins_tells_cites_and_ends_and_its_answer_is_stored() {
        model.answers("A permit ", "is a right ", "[1].");

        List<Event> events = reader.stream(conversation, "What is a permit?");

        assertThat(events.stream().map(Event::name).distinct()).containsExactly("start", "delta", "citations", "done");
        JsonNode done = events.getLast().data();
        assertThat(done.at("/saved").asBoolean()).isTrue();
        assertThat(done.at("/grounded").asBoolean()).isTrue();
        assertThat(stored().get(1).at("/id").asText())
                .isEqualTo(done.at("/id").asText())
                .isEqualTo(events.getFirst().data().at("/answer_id").asText());
    }

    @Test
    void a_reader_stops_an_answer_and_what_was_written_is_kept() {
        model.stallsAfter("A permit is ");
        try (EventStream stream = reader.open(conversation, "What is a permit?")) {
            String answer = stream.next().data().at("/answer_id").asText();
            assertThat(stream.next().name()).isEqualTo("delta");

            Reply stop = reader.post("/conversations/" + conversation + "/messages/" + answer + "/stop", "{}");

            assertThat(stop.status()).isEqualTo(202);
            assertThat(stream.next().name()).isEqualTo("citations");
            assertThat(stream.next().data().at("/stopped").asBoolean()).isTrue();
        }
        assertThat(stored().get(1).at("/content").asText()).startsWith("A permit is");
    }

    @Test
    void a_client_that_disconnects_leaves_no_call_to_the_model_behind() throws InterruptedException {
        model.stallsAfter("A permit is ");
        EventStream stream = reader.open(conversation, "What is a permit?");
        assertThat(stream.next().name()).isEqualTo("start");
        assertThat(stream.next().name()).isEqualTo("delta");

        stream.close();
        model.awaitOpenCalls(0);

        assertThat(model.abandonedCalls()).isPositive();
    }

    @Test
    void an_answer_that_has_ended_is_told_again_to_who_comes_back_for_it() {
        model.answers("A permit ", "is a right [1].");
        List<Event> events = reader.stream(conversation, "What is a permit?");
        String seen = events.get(1).id();

        List<Event> again = reader.stream(conversation, "What is a permit?", "Last-Event-ID", seen);

        assertThat(again.getFirst().data().at("/answer_id"))
                .isEqualTo(events.getFirst().data().at("/answer_id"));
        assertThat(text(events)
                        .substring(events.get(1).data().at("/text").asText().length()))
                .isEqualTo(text(again));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void a_key_makes_a_question_safe_to_send_again() {
        model.answers("A permit is a right [1].");
        Reply first = reader.ask(conversation, "What is a permit?", "Idempotency-Key", "\"k-1\"");
        Reply again = reader.ask(conversation, "What is a permit?", "Idempotency-Key", "\"k-1\"");
        Reply other = reader.ask(conversation, "What is a pool?", "Idempotency-Key", "\"k-1\"");

        assertThat(again.json().at("/id")).isEqualTo(first.json().at("/id"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void another_readers_conversation_does_not_exist() {
        try (LecternClient other = lectern.reader()) {
            assertThat(other.get("/conversations/" + conversation).status()).isEqualTo(404);
            assertThat(other.get("/conversations/" + conversation + "/messages").status())
                    .isEqualTo(404);
            assertThat(other.ask(conversation, "What is a permit?").status()).isEqualTo(404);
            assertThat(other.delete("/conversations/" + conversation).status()).isEqualTo(404);
        }
    }

    @Test
    void the_widget_goes_on_in_its_session_without_a_token() {
        model.answers("A permit is a right [1].");
        try (LecternClient widget = new LecternClient(lectern.url())) {
            JsonNode first = widget.post("/chat", "{\"query\": \"What is a permit?\", \"book_id\": \"pools\"}")
                    .json();
            JsonNode second = widget.post(
                            "/chat",
                            "{\"query\": \"And a pool?\", \"session_id\": \"%s\"}"
                                    .formatted(first.at("/session_id").asText()))
                    .json();

            assertThat(second.at("/session_id")).isEqualTo(first.at("/session_id"));
            assertThat(model.lastRequest().messages()).anyMatch(message -> message.contains("What is a permit?"));
            assertThat(first.at("/retrieved_contexts/0/source_location").asText())
                    .startsWith("/pools");
        }
    }

    @Test
    void a_model_that_fails_is_stood_in_for_by_sentences_of_the_book() {
        model.fails(500, "{}");

        JsonNode answer = reader.ask(conversation, "What is a permit?").json();

        assertThat(answer.at("/content").asText()).contains("A permit is the right to use one connection.");
        assertThat(answer.at("/degraded/reason").asText()).isEqualTo("language-model-unavailable");
        assertThat(answer.at("/saved").asBoolean()).isTrue();
    }

    private JsonNode stored() {
        return reader.get("/conversations/" + conversation + "/messages").json().at("/items");
    }

    private static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.data().at("/text").asText()));
        return text.toString();
    }
}
