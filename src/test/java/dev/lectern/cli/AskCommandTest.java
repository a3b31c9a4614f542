package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskCommandTest {

    private final Map<String, String> requests = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/api/v1/readers", 201, "{\"token\": \"t\"}");
        answer("/api/v1/conversations", 201, "{\"id\": \"c1\"}");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shows_the_answer_as_it_comes_and_then_where_it_is_from() throws Exception {
        answer("/api/v1/conversations/c1/messages", 200, """
                event: start
                data: {"answer_id": "a"}

                event: delta
                data: {"text": "A pool "}

                : still here

                event: delta
                data: {"text": "is one [1]."}

                event: citations
                data: {"citations": [{"n": 1, "title": "Pools", "url": "/pools", "anchor": "what"}]}

                event: done
                data: {}

                """);

        run();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("A pool is one [1]." + System.lineSeparator() + "  [1] Pools  /pools#what"
                        + System.lineSeparator());
        assertThat(requests.get("/api/v1/conversations/c1/messages")).isEqualTo("{\"question\":\"What is a pool?\"}");
        assertThat(requests.get("/api/v1/conversations")).isEqualTo("{\"book\":\"handbook\"}");
    }

    @Test
    void prints_the_whole_answer_as_json() throws Exception {
        answer("/api/v1/conversations/c1/messages", 200, "{\"content\": \"A pool.\"}");

        run("--json");

        assertThat(new ObjectMapper()
                        .readTree(printed.toByteArray())
                        .at("/content")
                        .asText())
                .isEqualTo("A pool.");
    }

    @Test
    void asks_without_a_conversation_where_the_database_cannot_make_one() throws Exception {
        server.removeContext("/api/v1/conversations");
        answer("/api/v1/conversations", 503, "{\"detail\": \"The database is away.\"}");
        answer("/api/v1/chat", 200, """
                {"content": "A pool is one [3]. It waits [1].", "saved": false,
                 "degraded": {"reason": "database-down", "retry_after": 2},
                 "retrieved_contexts": [{"source_location": "/pools#what"}, {"source_location": "/waits"}]}""");

        run();

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "A pool is one [3]. It waits [1].",
                        "  [1] /pools#what",
                        "  [3] /waits",
                        "  (not saved: database-down)");
        assertThat(requests.get("/api/v1/chat")).isEqualTo("{\"query\":\"What is a pool?\",\"book_id\":\"handbook\"}");
    }

    @Test
    void says_what_the_server_found_wrong() {
        answer("/api/v1/conversations/c1/messages", 429, "{\"detail\": \"Too many questions.\"}");

        assertThatThrownBy(() -> run())
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessage("Too many questions.");
    }

    @Test
    void says_when_the_answer_breaks_off() {
        answer("/api/v1/conversations/c1/messages", 200, """
                event: error
                data: {"detail": "The model is gone."}

                """);

        assertThatThrownBy(() -> run()).hasMessageContaining("The model is gone.");
    }

    @Test
    void says_how_to_start_a_server_where_none_answers() {
        stop();

        assertThatThrownBy(() -> run())
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessageContaining("bin/run");
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                requests.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private void run(String... flags) throws Exception {
        AskCommand command = new AskCommand(new PrintStream(printed, true, StandardCharsets.UTF_8), new ObjectMapper());
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        List<String> line = new ArrayList<>(List.of("What", "is", "a", "pool?", "--book", "handbook", "--url", url));
        line.addAll(List.of(flags));
        TypedCommand.run(command, line.toArray(String[]::new));
    }
}
