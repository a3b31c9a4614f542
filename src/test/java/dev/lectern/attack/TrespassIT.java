package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What another reader asked and was told: read by its id, guessed, and counted through.
class TrespassIT {

    private static final String SECRET = "zanzibar";

    private static StubLanguageModelServer model;
    private static LecternServer lectern;

    private LecternClient victim;
    private LecternClient attacker;
    private String conversation;
    private String answer;

    @BeforeAll
    static void start() {
        model = new StubLanguageModelServer();
        lectern = LecternServer.start(
                        TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
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
    void confide() {
        victim = lectern.reader();
        attacker = lectern.reader();
        model.answers("A permit of " + SECRET + " is a right [1].");
        conversation = victim.post("/conversations", "{\"book\": \"pools\", \"title\": \"" + SECRET + "\"}")
                .json()
                .at("/id")
                .asText();
        answer = victim.ask(conversation, "What is a permit of " + SECRET + "?", "Idempotency-Key", "k")
                .json()
                .at("/id")
                .asText();
    }

    @AfterEach
    void leave() {
        victim.close();
        attacker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /conversations/CONVERSATION                      |
            GET    | /conversations/CONVERSATION/messages             |
            GET    | /conversations/CONVERSATION/messages?limit=1     |
            PATCH  | /conversations/CONVERSATION                      | {"title": "mine"}
            DELETE | /conversations/CONVERSATION                      |
            POST   | /conversations/CONVERSATION/messages             | {"question": "What was said?"}
            POST   | /conversations/CONVERSATION/messages/ANSWER/stop |
            PUT    | /messages/ANSWER/feedback                        | {"rating": "dislike"}
            """)
    void anothers_is_refused_with_the_very_words_for_what_there_is_not(
            String method, String path, @Nullable String body) throws IOException {
        JsonNode before = victim.get("/conversations/" + conversation).json();
        List<String> refusals = new ArrayList<>();
        for (String accept : List.of("application/json", "text/event-stream, application/json;q=0.1")) {
            for (boolean there : List.of(true, false)) {
                String line = method + " /api/v1"
                        + path.replace("CONVERSATION", there ? conversation : unlike(conversation))
                                .replace("ANSWER", there ? answer : unlike(answer));
                Attacker caller = Attacker.at(lectern).as(attacker.token());
                RawHttp.Reply reply = body == null
                        ? caller.send(line, "Content-Length: 0", "Accept: " + accept)
                        : caller.sendJson(line, body, "Accept: " + accept);
                JsonNode problem = Attacker.refused(reply, 404);
                refusals.add(problem.toString().replace(problem.at("/instance").asText(), ""));
            }
        }

        assertThat(refusals).allMatch(refusals.getFirst()::equals);
        assertThat(victim.get("/conversations/" + conversation).json()).isEqualTo(before);
        JsonNode messages = messages();
        assertThat(messages).hasSize(2);
        assertThat(messages.at("/1/feedback").isNull()).isTrue();
    }

    @Test
    void an_id_says_nothing_of_the_next() {
        List<UUID> ids = Stream.generate(() -> attacker.post("/conversations", "{}"))
                .limit(40)
                .map(made -> UUID.fromString(made.json().at("/id").asText()))
                .toList();

        for (int i = 1; i < ids.size(); i++) {
            UUID one = ids.get(i - 1);
            UUID next = ids.get(i);
            assertThat(one.version()).isEqualTo(7);
            // Of 74 random bits half differ, give or take; 12 are nearly six standard deviations away.
            int different = Long.bitCount((one.getLeastSignificantBits() ^ next.getLeastSignificantBits()) << 2)
                    + Long.bitCount((one.getMostSignificantBits() ^ next.getMostSignificantBits()) & 0xFFF);
            assertThat(different).isBetween(12, 62);
        }
    }

    @Test
    void neighbours_of_an_id_are_nobodys() {
        UUID known = UUID.fromString(conversation);
        for (int distance = 1; distance <= 20; distance++) {
            for (int sign : new int[] {-1, 1}) {
                UUID guess = new UUID(
                        known.getMostSignificantBits(), known.getLeastSignificantBits() + (long) sign * distance);
                assertThat(victim.get("/conversations/" + guess).status()).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "null", "0", "me", "undefined", "_", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1"})
    void a_pattern_is_no_id(String id) {
        assertThat(attacker.get("/conversations/" + id).status()).isEqualTo(404);
        assertThat(attacker.get("/conversations/" + id + "/messages").status()).isEqualTo(404);
        assertThat(attacker.delete("/conversations/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_cursor_at_anothers_place_lists_ones_own_alone() {
        String own = attacker.post("/conversations", "{}").json().at("/id").asText();
        for (String place : List.of(conversation, answer, "ffffffff-ffff-7fff-bfff-ffffffffffff")) {
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));

            Reply page = attacker.get("/conversations?limit=100&cursor=" + cursor);

            assertThat(page.status()).isIn(200, 400);
            assertThat(page.json().at("/items").findValuesAsText("id")).isSubsetOf(own);
            assertThat(attacker.get("/conversations/" + conversation + "/messages?cursor=" + cursor)
                            .status())
                    .isIn(400, 404);
        }
    }

    @Test
    void anothers_key_and_anothers_event_are_ones_own() {
        String own = attacker.converse("pools");
        model.answers("For the attacker [1].");
        String question = "What is a permit of " + SECRET + "?";

        Reply repeated = attacker.ask(own, question, "Idempotency-Key", "k");
        List<Event> resumed = attacker.stream(own, "What is a permit?", "Last-Event-ID", answer + ":0");

        assertThat(repeated.json().at("/content").asText()).isEqualTo("For the attacker [1].");
        assertThat(resumed.getFirst().data().at("/answer_id").asText()).isNotEqualTo(answer);
        assertThat(resumed.toString()).doesNotContain(SECRET);
    }

    @Test
    void anothers_session_begins_a_new_one_that_knows_nothing() {
        String asking = "{\"query\": \"And what was said before?\", \"session_id\": \"" + conversation + "\"}";
        try (LecternClient nobody = new LecternClient(lectern.url())) {
            for (LecternClient caller : List.of(attacker, nobody)) {
                Reply reply = caller.post("/chat", asking);

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json().at("/session_id").asText()).isNotEqualTo(conversation);
                assertThat(model.lastRequest().messages()).noneMatch(message -> message.contains(SECRET));
            }
        }
        assertThat(messages()).hasSize(2);
    }

    @Test
    void the_session_of_nobody_is_not_to_be_had_with_a_token() {
        try (LecternClient nobody = new LecternClient(lectern.url())) {
            String session = nobody.post("/chat", "{\"query\": \"What is a permit of " + SECRET + "?\"}")
                    .json()
                    .at("/session_id")
                    .asText();

            assertThat(attacker.get("/conversations/" + session).status()).isEqualTo(404);
            assertThat(attacker.get("/conversations/" + session + "/messages").status())
                    .isEqualTo(404);
            assertThat(attacker.delete("/conversations/" + session).status()).isEqualTo(404);
        }
    }

    @Test
    void a_session_of_nobody_is_deleted_by_who_has_its_id_and_by_nobody_else() {
        try (LecternClient nobody = new LecternClient(lectern.url())) {
            String asking = "{\"query\": \"What is a permit of " + SECRET + "?\"}";
            String session =
                    nobody.post("/chat", asking).json().at("/session_id").asText();

            assertThat(attacker.delete("/chat/" + session).status()).isEqualTo(404);
            for (String other : List.of(unlike(session), conversation, "*", "me", "0")) {
                Reply refused = nobody.delete("/chat/" + other);
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.json().at("/detail").asText()).isEqualTo("there is no such conversation");
            }
            assertThat(nobody.bearing("made up").delete("/chat/" + session).status())
                    .isEqualTo(401);
        }
        assertThat(messages()).hasSize(2);
    }

    @Test
    void a_session_that_was_deleted_is_begun_anew() {
        try (LecternClient nobody = new LecternClient(lectern.url())) {
            for (LecternClient widget : List.of(nobody, attacker)) {
                String session = widget.post("/chat", "{\"query\": \"What is a permit of " + SECRET + "?\"}")
                        .json()
                        .at("/session_id")
                        .asText();

                assertThat(widget.delete("/chat/" + session).status()).isEqualTo(204);
                assertThat(widget.delete("/chat/" + session).status()).isEqualTo(404);
                Reply next = widget.post(
                        "/chat", "{\"query\": \"And what was said before?\", \"session_id\": \"" + session + "\"}");

                assertThat(next.status()).isEqualTo(200);
                assertThat(next.json().at("/session_id").asText()).isNotEqualTo(session);
                assertThat(model.lastRequest().messages()).noneMatch(message -> message.contains(SECRET));
            }
        }
    }

    @Test
    void an_answer_that_is_being_written_is_neither_stopped_nor_noticed_by_another() {
        model.stallsAfter("A permit is ");
        try (EventStream stream = victim.open(conversation, "What is a permit?")) {
            String running = stream.next().data().at("/answer_id").asText();
            assertThat(stream.next().name()).isEqualTo("delta");

            String own = attacker.converse("pools");
            for (String id : List.of(running, unlike(running))) {
                for (String path : List.of(conversation, own)) {
                    Reply stop = attacker.post("/conversations/" + path + "/messages/" + id + "/stop", "{}");
                    assertThat(stop.status()).isEqualTo(404);
                }
                assertThat(resumed(conversation, id)).isEqualTo(404);
                assertThat(resumed(own, id)).isEqualTo(200);
            }
            model.release();

            Event last = stream.next();
            while (!last.name().equals("done")) {
                last = stream.next();
            }
            assertThat(last.data().at("/stopped").asBoolean()).isFalse();
        }
    }

    @Test
    void taking_all_away_and_deleting_all_reach_nobody_else() {
        attacker.converse("pools");

        assertThat(attacker.get("/readers/me/export").body()).doesNotContain(SECRET, conversation, answer);
        assertThat(attacker.get("/conversations?limit=100").body()).doesNotContain(SECRET, conversation);
        assertThat(attacker.delete("/readers/me").status()).isEqualTo(204);

        assertThat(messages()).hasSize(2);
    }

    private int resumed(String in, String running) {
        try (EventStream stream = attacker.open(in, "Why?", "Last-Event-ID", running + ":0")) {
            return stream.status();
        }
    }

    private JsonNode messages() {
        return victim.get("/conversations/" + conversation + "/messages").json().at("/items");
    }

    /// An id that nobody has.
    private static String unlike(String id) {
        UUID known = UUID.fromString(id);
        return new UUID(known.getMostSignificantBits(), ~known.getLeastSignificantBits() ^ (3L << 62)).toString();
    }
}
