package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every response of the whole application, whoever makes it.
class HttpContractIT {

    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + TestPostgres.port() + "/"
                                + TestPostgres.freshDatabase(),
                        Map.of())
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @ParameterizedTest
    @CsvSource({
        "public, GET, /api/v1/books, 200",
        "public, GET, /api/v1/nowhere, 404",
        "public, GET, /api/v1/conversations, 401",
        "public, GET, /api/v1/books/%zz, 400",
        "public, GET, /api/v1/books/%00, 400",
        "public, GET, /api/v1/search?q=%00, 400",
        "public, GET, /api/v1/search?q=a&book=%00, 400",
        "public, GET, /api/v1/books?limit=%zz, 400",
        "public, GET, /, 404",
        "public, BREW, /api/v1/books, 405",
        "public, GET, /health-check, 200",
        "public, GET, /health-check?type=alive, 200",
        "public, GET, /health-check?type=happy, 400",
        "public, GET, /health-check?type=%zz, 400",
        "public, DELETE, /health-check, 405",
        "admin, GET, /health-check, 200",
        "admin, GET, /health-check?type=happy, 400",
        "admin, GET, /metrics, 200",
        "admin, GET, /nowhere, 404",
        "admin, BREW, /metrics, 405",
        "admin, GET, /%zz, 400"
    })
    void a_response_has_the_requests_id_and_an_error_is_a_problem(String port, String method, String path, int status)
            throws IOException {
        int number = port.equals("admin")
                ? lectern.adminUrl().getPort()
                : lectern.url().getPort();
        String host = port.equals("admin") ? "localhost" : "books.example";
        Reply reply = RawHttp.exchange(number, method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-Request-Id")).isNotBlank();
        assertThat(reply.header("Server")).isNull();
        assertThat(reply.header("X-Powered-By")).isNull();
        assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        // Over plain HTTP a browser must not believe it, and a server must not say it.
        assertThat(reply.header("Strict-Transport-Security")).isNull();
        if (status >= 400) {
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.json().at("/instance").asText()).isEqualTo(reply.header("X-Request-Id"));
        }
    }

    @ParameterizedTest
    @CsvSource({"/health-check, 'GET, HEAD, OPTIONS'", "/api/v1/books, 'GET,OPTIONS'"})
    void a_refused_method_is_told_which_there_are(String path, String allowed) throws IOException {
        Reply reply = RawHttp.exchange(
                lectern.url().getPort(), "DELETE " + path + " HTTP/1.1\r\nHost: books.example\r\n\r\n");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/conversations, 200, no-store",
        "/conversations/ID, 200, no-store",
        "/conversations/ID/messages, 200, no-store",
        "/conversations/00000000-0000-7000-8000-000000000000, 404, no-store",
        "/readers/me/export, 200, no-store",
        "/books, 200, no-cache"
    })
    void what_is_a_readers_own_is_kept_nowhere_and_what_is_everybodys_is_asked_for_again(
            String path, int status, String caching) {
        try (LecternClient reader = lectern.reader()) {
            LecternClient.Reply reply = reader.get(path.replace("ID", reader.converse("pools")));

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.headers().get("cache-control")).containsExactly(caching);
            assertThat(reply.headers().containsKey("etag")).isEqualTo(caching.equals("no-cache"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "*/*;q=0"})
    void what_is_answered_without_content_is_done_whatever_accept_says(String accept) throws IOException {
        try (LecternClient reader = lectern.reader()) {
            for (String path : List.of("/conversations/" + reader.converse("pools"), "/readers/me")) {
                String head = "DELETE /api/v1" + path + " HTTP/1.1\r\nHost: books.example\r\nAuthorization: Bearer "
                        + reader.token() + "\r\nAccept: " + accept + "\r\n\r\n";

                assertThat(RawHttp.exchange(lectern.url().getPort(), head).status())
                        .as(path)
                        .isEqualTo(204);
            }
        }
    }
}
