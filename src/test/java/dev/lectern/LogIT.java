package dev.lectern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a program reads that has Lectern's standard output: the lines of a server with a database, and of one whose
/// database refuses it.
class LogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private static List<String> lines;
    private static List<String> secrets;

    @BeforeAll
    static void serve() throws Exception {
        String database = TestPostgres.freshDatabase();
        PrintStream terminal = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, UTF_8));
        try {
            secrets = withDatabase(database);
            withoutDatabase();
        } finally {
            System.setOut(terminal);
        }
        lines = captured.toString(UTF_8).lines().toList();
    }

    private static List<String> withDatabase(String database) throws Exception {
        try (LecternServer lectern = start(TestPostgres.jdbcUrl(database)).withPoolsBook();
                LecternClient reader = lectern.reader()) {
            String conversation = reader.converse("pools");
            reader.ask(conversation, "What is a markedquestion?", "X-Request-Id", "whole", "traceparent", TRACEPARENT);
            reader.stream(conversation, "Why markedstream?", "X-Request-Id", "stream", "traceparent", TRACEPARENT);
            reader.get("/search?book=pools&q=markedsearch", "X-Request-Id", "search");
            reader.post("/chat", "{\"query\": \"markedchat?\", \"markedfield\": 1}", "X-Request-Id", "bad");
            reader.get("/markedpath?markedname=markedvalue", "X-Request-Id", "nowhere");
            try (Connection administrator = TestPostgres.administrator(database);
                    Statement statement = administrator.createStatement()) {
                administrator.setAutoCommit(false);
                statement.execute("LOCK TABLE conversation");
                reader.get("/conversations", "X-Request-Id", "refused");
                reader.ask(conversation, "What of a markedlock?", "X-Request-Id", "degraded");
                administrator.rollback();
            }
            return List.of(conversation, Objects.requireNonNull(reader.token()), LecternServer.API_KEY);
        }
    }

    private static void withoutDatabase() {
        String refused = "postgresql://nobody:markedpassword@localhost:" + TestPostgres.port() + "/postgres";
        try (LecternServer lectern = start(refused);
                LecternClient reader = lectern.reader()) {
            reader.ask(UUID.randomUUID().toString(), "What of a markedoutage?", "X-Request-Id", "alone");
        }
    }

    private static LecternServer start(String url) {
        return LecternServer.start(
                url,
                new HashMap<>(Map.of(
                        "logging.level", "INFO",
                        "logging.appenders[0].format", "json",
                        "database.requestDeadline", "2s")));
    }

    @Test
    void every_line_but_the_one_that_people_and_scripts_wait_for_is_JSON() throws Exception {
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("{"))
                .allMatch(line -> line.startsWith("Lectern ready: "));
        assertThat(lines).filteredOn(line -> line.startsWith("Lectern ready: ")).hasSize(2);
        for (String line : lines) {
            if (line.startsWith("{")) {
                assertThat(JSON.readTree(line).get("at").asText()).endsWith("Z");
            }
        }
    }

    @Test
    void a_finished_request_is_one_line_with_its_ids_and_what_it_cost() {
        JsonNode line = request("whole");

        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(line.get("method").asText()).isEqualTo("POST");
        assertThat(line.get("route").asText()).isEqualTo("/api/v1/conversations/{id}/messages");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("round_trips").asInt()).isEqualTo(2);
        assertThat(line.get("pieces").asInt()).isEqualTo(2);
        assertThat(line.get("held_ms").asDouble()).isPositive();
        assertThat(line.get("duration_ms").asDouble())
                .isGreaterThan(line.get("held_ms").asDouble());
        assertThat(line.get("waited_ms").isNumber()).isTrue();
    }

    @Test
    void a_stream_is_accounted_for_to_its_end() {
        JsonNode line = request("stream");

        assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(line.get("round_trips").asInt()).isEqualTo(2);
        assertThat(line.get("pieces").asInt()).isEqualTo(2);
    }

    @Test
    void the_outcome_says_what_the_database_refused() {
        assertThat(request("search").get("outcome").asText()).isEqualTo("ok");
        assertThat(request("search").get("pieces").asInt()).isZero();
        assertThat(request("bad").get("outcome").asText()).isEqualTo("rejected");
        assertThat(request("nowhere").get("route").asText()).isEmpty();
        assertThat(request("refused").get("status").asInt()).isEqualTo(503);
        assertThat(request("refused").get("outcome").asText()).startsWith("timed-out/");
        assertThat(request("degraded").get("outcome").asText()).startsWith("degraded");
        assertThat(request("alone").get("outcome").asText()).startsWith("degraded");
    }

    @Test
    void who_imported_a_book_is_a_line_with_the_name_of_the_credential() {
        assertThat(lines.stream()
                        .filter(line -> line.contains("dev.lectern.operators"))
                        .map(LogIT::parsed))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("level").asText()).isEqualTo("INFO");
                    assertThat(line.get("by").asText()).isEqualTo("LECTERN_API_KEY");
                    assertThat(line.get("method").asText()).isEqualTo("PUT");
                    assertThat(line.get("path").asText()).isEqualTo("/api/v1/books/pools");
                    assertThat(line.get("status").asInt()).isEqualTo(201);
                    assertThat(line.get("request_id").asText()).isNotEmpty();
                });
    }

    @Test
    void nothing_that_readers_say_and_nothing_secret_is_in_any_line() {
        assertThat(lines)
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("marked"))
                .noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    private static JsonNode request(String id) {
        List<JsonNode> found = lines.stream()
                .filter(line -> line.startsWith("{"))
                .map(LogIT::parsed)
                .filter(line -> line.get("logger").asText().equals("dev.lectern.requests"))
                .filter(line -> line.path("request_id").asText().equals(id))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}
