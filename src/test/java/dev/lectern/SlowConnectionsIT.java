package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that dawdle so that no connection is ever idle, at a server that waits a second for each.
@Timeout(90)
class SlowConnectionsIT {

    private static final String HEAD = "GET /api/v1/readers/me/export HTTP/1.1\r\nHost: books.example\r\n";
    private static final String HEALTH = "GET /health-check HTTP/1.1\r\nHost: books.example\r\n\r\n";

    /// A minute's.
    private static final int MOST_LINES = 600;

    private final String database = TestPostgres.freshDatabase();
    private final StubLanguageModelServer model = new StubLanguageModelServer();
    private LecternServer lectern;

    @BeforeEach
    void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(database),
                Map.of(
                        "connections.maximum",
                        "20",
                        "connections.headTimeout",
                        "1s",
                        "connections.writeTimeout",
                        "3s",
                        "llm.model",
                        "openai",
                        "llm.openai.baseUrl",
                        model.baseUrl().toString()));
    }

    @AfterEach
    void stop() {
        lectern.close();
        model.close();
    }

    @Test
    void a_head_that_comes_a_line_at_a_time_is_not_waited_for() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), lectern.url().getPort())) {
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));

            assertThat(linesUntilEnded(socket, "X-Slow: a")).isLessThan(MOST_LINES);
        }
    }

    @Test
    void blank_lines_before_a_request_are_not_waited_for() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), lectern.url().getPort())) {
            assertThat(linesUntilEnded(socket, "")).isLessThan(MOST_LINES);
        }
    }

    @Test
    void blank_lines_after_other_requests_are_not_waited_for_either() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), lectern.url().getPort())) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isPositive();
            }

            assertThat(linesUntilEnded(socket, "")).isLessThan(MOST_LINES);
        }
    }

    @Test
    void a_head_that_comes_after_other_requests_is_not_waited_for_either() throws Exception {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            for (int i = 0; i < 3; i++) {
                http.send(HEALTH);
                assertThat(http.read().status()).isEqualTo(200);
            }
            http.send("GET /health-check HTTP/1.1\r\n");

            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void a_connection_that_is_kept_for_the_next_request_is_left_alone() throws Exception {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            http.send(HEALTH);
            http.read();
            letTimePass();

            http.send(HEALTH);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_that_waits_for_the_language_model_is_left_alone() throws Exception {
        lectern.withPoolsBook();
        model.stallsAfter("A permit is ");
        try (LecternClient reader = lectern.reader();
                EventStream answer = reader.open(reader.converse("pools"), "What is a permit?")) {
            model.awaitOpenCalls(1);
            for (int i = 0; i < 3; i++) {
                letTimePass();
            }
            model.release();
            List<String> events = new ArrayList<>();
            for (Event event = answer.poll(); event != null; event = answer.poll()) {
                events.add(event.name());
            }
            assertThat(events).endsWith("done");
        }
    }

    @Test
    void an_answer_that_is_not_taken_in_is_given_up() throws Exception {
        try (LecternClient reader = lectern.reader();
                RawHttp http = new RawHttp(lectern.url().getPort())) {
            String conversation =
                    reader.post("/conversations", "{}").json().at("/id").asText();
            try (Connection connection = TestPostgres.administrator(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO message (id, conversation, role, content, created_at)
                        SELECT gen_random_uuid(), '%s', 'user', repeat('what? ', 1300), now() FROM generate_series(1, 3000)
                        """.formatted(conversation));
            }
            http.send(HEAD + "Authorization: Bearer " + reader.token() + "\r\n\r\n");
            RawHttp.Reply head = http.readHead();
            assertThat(head.status()).isEqualTo(200);

            assertThat(requestsInProgress()).isPositive();
            for (int i = 0; i < 6_000 && requestsInProgress() > 0; i++) {
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(requestsInProgress()).isZero();
        }
    }

    @Test
    void more_connections_than_there_may_be_wait_and_operators_get_in() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                var _ = threads.submit(() -> {
                    try (Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), lectern.url().getPort())) {
                        socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
                        return linesUntilEnded(socket, "X-Slow: a");
                    }
                });
            }
            assertThat(RawHttp.exchange(
                                    lectern.adminUrl().getPort(),
                                    "GET /health-check HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            Future<Integer> reader = threads.submit(
                    () -> RawHttp.exchange(lectern.url().getPort(), HEALTH).status());
            assertThat(reader.get()).isEqualTo(200);
        }
    }

    /// As long as a head may take that begins now.
    private void letTimePass() throws IOException {
        try (RawHttp dawdling = new RawHttp(lectern.url().getPort())) {
            dawdling.send("GET /");
            assertThat(dawdling.isEnded()).isTrue();
        }
    }

    /// Sends a line each tenth of a second.
    private static int linesUntilEnded(Socket socket, String line) throws IOException {
        for (int i = 0; i < MOST_LINES; i++) {
            try {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException e) {
                return i;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return MOST_LINES;
    }

    private long requestsInProgress() {
        return lectern.metrics().getCounters().entrySet().stream()
                .filter(each -> each.getKey().endsWith("active-requests")
                        || each.getKey().endsWith("active-dispatches"))
                .mapToLong(each -> each.getValue().getCount())
                .sum();
    }
}
