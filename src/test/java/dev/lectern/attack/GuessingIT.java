package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.lectern.testing.CapturedLog;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Somebody at an admin port that the network reaches, who guesses at its token, or takes all its connections.
@Timeout(60)
class GuessingIT {

    private static final String TOKEN = "the token of the operators";
    private static final int GUESSES = 3;
    private static final int CONNECTIONS = 5;
    private static final int FLOOD = 40;

    private CapturedLog log;
    private LecternServer lectern;
    private Attacker attacker;

    @BeforeEach
    void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                Map.of(
                        "access.adminToken",
                        TOKEN,
                        "limits.enabled",
                        "true",
                        "limits.adminGuesses",
                        GUESSES + "/1000h",
                        "limits.trustedProxies",
                        "127.0.0.1",
                        "connections.adminMaximum",
                        String.valueOf(CONNECTIONS)));
        // After the server has set logging up.
        log = CapturedLog.of("dev.lectern.limits");
        attacker = Attacker.atAdminPort(lectern);
    }

    @AfterEach
    void stop() {
        log.close();
        lectern.close();
    }

    @Test
    void an_address_that_has_guessed_enough_is_not_told_any_more_when_it_is_right() throws IOException {
        for (int i = 0; i < GUESSES; i++) {
            Attacker.refused(attacker.as("a guess, " + i).send("GET /metrics"), 401);
        }

        Reply wrong = attacker.as("another guess").send("GET /metrics");
        Reply right = attacker.as(TOKEN).send("GET /metrics");

        for (Reply reply : new Reply[] {wrong, right}) {
            assertThat(Attacker.refused(reply, 429).at("/type").asText()).endsWith(":rate-limited");
            assertThat(Integer.parseInt(String.valueOf(reply.header("Retry-After"))))
                    .isGreaterThan(1_000_000);
        }
        // What is no guess goes on as ever.
        Attacker.refused(attacker.send("GET /metrics"), 401);
        assertThat(attacker.as(TOKEN).send("GET /health-check?type=alive").status())
                .isEqualTo(200);
        assertThat(Attacker.at(lectern).send("GET /api/v1/books").status()).isEqualTo(200);
        // Nor is another address held back.
        assertThat(operator("GET /metrics").body())
                .contains("lectern_requests_limited_total{limit=\"admin-guesses\"} 2.0");
    }

    @Test
    void the_key_that_imports_books_is_not_to_be_guessed_either() throws IOException {
        Attacker reader = Attacker.at(lectern);
        for (int i = 0; i < GUESSES; i++) {
            Attacker.refused(
                    reader.as("a guess, " + i).send("PUT /api/v1/books/a", "Content-Type: application/zip"), 401);
        }

        Attacker.refused(
                reader.as(LecternServer.API_KEY).send("PUT /api/v1/books/a", "Content-Type: application/zip"), 429);
        assertThat(reader.send("GET /api/v1/books").status()).isEqualTo(200);
        assertThat(operator("GET /metrics").status()).isEqualTo(200);
    }

    @Test
    void made_up_keys_are_guesses_too() throws IOException {
        for (int i = 0; i < GUESSES; i++) {
            String key = "lk_aaaaaaaaaaaa_" + String.valueOf(i).repeat(43);
            Attacker.refused(attacker.as(key).send("GET /metrics"), 401);
        }

        assertThat(attacker.as(TOKEN).send("GET /metrics").status()).isEqualTo(429);
    }

    @Test
    void who_knows_the_token_may_show_it_as_often_as_he_likes() throws IOException {
        for (int i = 0; i < 3 * GUESSES; i++) {
            assertThat(attacker.as(TOKEN).send("GET /ping").status()).isEqualTo(200);
            assertThat(attacker.as(TOKEN)
                            .send("POST /api/actions/pause", "Content-Length: 0")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_page_of_another_site_cannot_have_an_operators_browser_lock_him_out() throws IOException {
        for (int i = 0; i < 3 * GUESSES; i++) {
            Attacker.refused(attacker.send("GET /metrics", "Sec-Fetch-Site: cross-site"), 401);
        }

        assertThat(attacker.as(TOKEN).send("GET /metrics").status()).isEqualTo(200);
    }

    @Test
    void many_guesses_at_once_are_not_more_than_one_after_the_other() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> guess =
                    () -> attacker.as("a guess").send("GET /metrics").status();
            for (Future<Integer> each : threads.invokeAll(Collections.nCopies(FLOOD, guess))) {
                statuses.add(each.get());
            }
        }

        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSize(GUESSES);
    }

    @Test
    void refusals_are_in_the_log_without_what_was_guessed_and_without_filling_it() throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            attacker.as("a guess").send("GET /metrics", "X-Forwarded-For: 203.0.113.7");
        }

        assertThat(log.messages(Level.WARN))
                .isNotEmpty()
                .hasSizeLessThan(FLOOD / 4)
                .allMatch(line ->
                        line.matches("requests refused where the operator's secrets are asked for, since the last such"
                                + " line: \\d+; the last with (401|429) from 203\\.0\\.113\\.7"));
    }

    @Test
    void connections_have_a_bound_and_readers_have_theirs_to_themselves() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (Closeable _ = () -> close(sockets)) {
            for (int i = 0; i < FLOOD; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), lectern.adminUrl().getPort());
                sockets.add(socket);
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write("GET /health-check HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            }
            for (Socket socket : sockets.subList(0, CONNECTIONS)) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            for (int i = 0; i < FLOOD; i++) {
                assertThat(Attacker.at(lectern).send("GET /api/v1/books").status())
                        .isEqualTo(200);
            }

            Socket last = sockets.getLast();
            assertThat(last.getInputStream().available()).isZero();

            close(sockets.subList(0, FLOOD - 1));
            assertThat(last.getInputStream().read()).isEqualTo('H');
        }
    }

    private Reply operator(String line) throws IOException {
        return RawHttp.exchange(
                lectern.adminUrl().getPort(),
                line + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.1\r\nAuthorization: Bearer " + TOKEN
                        + "\r\n\r\n");
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
