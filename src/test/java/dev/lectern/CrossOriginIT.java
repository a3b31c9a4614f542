package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of other sites may do, over real HTTP, as a browser asks for it.
class CrossOriginIT {

    private static final String BOOKS = "https://books.example";
    private static final String OTHER = "http://localhost:3000";
    private static final String CROSS_SITE = "Sec-Fetch-Site: cross-site";
    private static final String PREFLIGHT =
            "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,content-type";

    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                Map.of(
                        "access.allowedOrigins",
                        BOOKS + ", " + OTHER,
                        "limits.enabled",
                        "true",
                        "limits.newReaders",
                        "1/1h"));
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @Test
    void a_preflight_is_answered_without_a_token_and_kept() throws IOException {
        for (String origin : List.of(BOOKS, OTHER)) {
            Reply reply = send("OPTIONS /api/v1/conversations", origin, PREFLIGHT);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(reply.header("Access-Control-Allow-Methods")).contains("GET", "POST", "PUT", "PATCH", "DELETE");
            assertThat(reply.header("Access-Control-Allow-Headers"))
                    .contains("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");
            assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("7200");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(reply.header("Vary")).contains("Origin");
            assertThat(reply.header("X-Request-Id")).isNotNull();
        }
    }

    @Test
    void an_answer_may_be_read_and_so_may_a_refusal() throws IOException {
        Reply made = send("POST /api/v1/readers", BOOKS, "X: y");
        assertThat(made.status()).isEqualTo(201);
        Reply refused = send("POST /api/v1/readers", BOOKS, "X: y");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();

        for (Reply reply : List.of(
                made,
                refused,
                send("GET /api/v1/books", BOOKS, "X: y"),
                send("GET /api/v1/conversations", BOOKS, "X: y"),
                send("GET /api/v1/nothing", BOOKS, "X: y"))) {
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(BOOKS);
            assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(reply.header("Access-Control-Expose-Headers"))
                    .contains("X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy", "Location");
            assertThat(reply.header("Vary")).contains("Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://books.example",
                "https://books.example:8443",
                "https://books.example.evil.example",
                "https://evil-books.example",
                "https://booksXexample",
                "https://BOOKS.example",
                "null",
                "*",
                "https://books.example/"
            })
    void another_origin_is_told_nothing(String origin) throws IOException {
        for (Reply reply : List.of(
                send("OPTIONS /api/v1/conversations", origin, PREFLIGHT), send("GET /api/v1/books", origin, "X: y"))) {
            assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            assertThat(reply.header("Vary")).contains("Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://books.example.evil.example", "*"})
    void a_page_of_another_origin_has_no_visitor_ask_for_anything(String origin) throws IOException {
        for (String request : List.of(
                "POST /api/v1/readers", "GET /api/v1/books", "POST /api/v1/chat", "OPTIONS /api/v1/conversations")) {
            Reply reply = send(request, origin, CROSS_SITE);

            assertThat(reply.status()).as(request).isEqualTo(403);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.json().at("/instance").asText()).isEqualTo(reply.header("X-Request-Id"));
            assertThat(reply.header("RateLimit")).isNull();
        }
    }

    @Test
    void pages_of_an_allowed_origin_or_of_the_own_are_served_and_so_is_what_is_no_page() throws IOException {
        assertThat(send("GET /api/v1/books", BOOKS, CROSS_SITE).status()).isEqualTo(200);
        assertThat(send("GET /api/v1/books", "http://a", "Sec-Fetch-Site: same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(send("GET /api/v1/books", "https://evil.example", "X: y").status())
                .isEqualTo(200);
    }

    @Test
    void a_page_of_another_site_does_not_use_up_how_many_readers_an_address_may_make() throws IOException {
        try (LecternServer closed = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                Map.of("access.allowedOrigins", "", "limits.enabled", "true", "limits.newReaders", "1/1h"))) {
            String post = "POST /api/v1/readers HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n";
            String foreign = post + "Origin: https://evil.example\r\n" + CROSS_SITE + "\r\n\r\n";
            int port = closed.url().getPort();

            assertThat(RawHttp.exchange(port, foreign).status()).isEqualTo(403);
            assertThat(RawHttp.exchange(port, foreign).status()).isEqualTo(403);
            assertThat(RawHttp.exchange(port, post + "\r\n").status()).isEqualTo(201);
        }
    }

    @Test
    void several_origins_in_one_header_are_none_that_a_browser_would_take() throws IOException {
        Reply reply = send("GET /api/v1/books", "https://evil.example " + BOOKS, "X: y");

        assertThat(reply.header("Access-Control-Allow-Origin")).isNotIn("https://evil.example", BOOKS, "*");
    }

    @Test
    void at_the_operators_port_no_page_of_another_site_is_let_in() throws IOException {
        for (String request : List.of("OPTIONS /api/snapshot", "GET /api/snapshot")) {
            Reply reply = RawHttp.exchange(
                    lectern.adminUrl().getPort(),
                    request + " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + BOOKS + "\r\n" + PREFLIGHT + "\r\n\r\n");
            assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    void where_all_origins_are_allowed_no_credentials_are() throws IOException {
        try (LecternServer open = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of("access.allowedOrigins", "*"))) {
            Reply reply = RawHttp.exchange(
                    open.url().getPort(),
                    "GET /api/v1/books HTTP/1.1\r\nHost: a\r\nOrigin: https://any.example\r\n\r\n");
            assertThat(reply.header("Access-Control-Allow-Origin")).isIn("*", "https://any.example");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
        }
    }

    @Test
    void where_none_is_allowed_nothing_is_said_of_origins() throws IOException {
        try (LecternServer closed = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of("access.allowedOrigins", ""))) {
            Reply reply = RawHttp.exchange(
                    closed.url().getPort(), "GET /api/v1/books HTTP/1.1\r\nHost: a\r\nOrigin: " + BOOKS + "\r\n\r\n");
            assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    private static Reply send(String request, String origin, String header) throws IOException {
        return RawHttp.exchange(
                lectern.url().getPort(),
                request + " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin + "\r\n" + header + "\r\n\r\n");
    }
}
