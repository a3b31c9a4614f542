package dev.lectern.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.NeonSnapshot.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthServletTest {

    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);

    private Status database = Status.READY;
    private @Nullable DatabaseFailure cause;
    private int books = 1;
    private Optional<String> impairment = Optional.empty();

    private record Reply(String head, JsonNode body) {}

    @BeforeEach
    void start() throws Exception {
        Readiness readiness = new Readiness(this::snapshot, () -> books, () -> impairment);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new HealthServlet(readiness, new ObjectMapper())), "/health-check");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void alive_is_the_process_alone() throws Exception {
        down();
        books = 0;

        Reply reply = get("?type=alive");

        assertThat(reply.head()).startsWith("HTTP/1.1 200").contains("application/json", "no-store");
        assertThat(reply.body().at("/status").asText()).isEqualTo("alive");
    }

    @ParameterizedTest
    @EnumSource(names = {"READY", "ASLEEP"})
    void ready_while_the_database_serves_or_would_if_it_were_asked(Status status) throws Exception {
        database = status;
        books = 0;

        Reply reply = get("");

        assertThat(reply.head()).startsWith("HTTP/1.1 200");
        assertThat(reply.body().at("/status").asText()).isEqualTo("ready");
        assertThat(reply.body().at("/database").asText()).isEqualToIgnoringCase(status.name());
        assertThat(reply.body().has("cause")).isFalse();
    }

    @Test
    void degraded_while_only_the_books_are_served() throws Exception {
        down();

        Reply reply = get("?type=ready");

        assertThat(reply.head()).startsWith("HTTP/1.1 200");
        assertThat(reply.body().at("/status").asText()).isEqualTo("degraded");
        assertThat(reply.body().at("/cause").asText()).contains("cannot be reached");
        assertThat(reply.body().at("/books").asInt()).isOne();
    }

    @Test
    void degraded_while_the_search_goes_by_words_alone() throws Exception {
        impairment = Optional.of("no model");

        Reply reply = get("?type=ready");

        assertThat(reply.head()).startsWith("HTTP/1.1 200");
        assertThat(reply.body().at("/status").asText()).isEqualTo("degraded");
        assertThat(reply.body().at("/cause").asText()).isEqualTo("no model");
    }

    @Test
    void unavailable_where_there_is_neither_a_database_nor_a_book() throws Exception {
        down();
        books = 0;

        Reply reply = get("?type=ready");

        assertThat(reply.head()).startsWith("HTTP/1.1 503");
        assertThat(reply.body().at("/status").asText()).isEqualTo("unavailable");
    }

    @Test
    void another_type_is_refused() throws Exception {
        Reply reply = get("?type=happy");

        assertThat(reply.head()).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(reply.body().at("/errors/0/pointer").asText()).isEqualTo("type");
        assertThat(reply.body().at("/errors/0/detail").asText()).contains("alive", "ready");
    }

    private void down() {
        database = Status.DOWN;
        cause = new Down(Down.Reason.UNREACHABLE);
    }

    private NeonSnapshot snapshot() {
        DatabaseState state = new DatabaseState(database, cause, Instant.EPOCH);
        return new NeonSnapshot(
                state, 0, 0, 0, 0, 4, 4, null, null, null, null, List.of(), new Totals(0, 0, 0, 0, 0, 0, 0));
    }

    private Reply get(String query) throws Exception {
        String reply = connector.getResponse(
                "GET /health-check" + query + " HTTP/1.1\r\nHost: books.example\r\nConnection: close\r\n\r\n");
        int end = reply.indexOf("\r\n\r\n");
        String json = reply.substring(reply.indexOf('{', end), reply.lastIndexOf('}') + 1);
        return new Reply(reply.substring(0, end), new ObjectMapper().readTree(json));
    }
}
