package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminAccessIT {

    private static final String TOKEN = "the token of the operators";

    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of("access.adminToken", TOKEN));
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /metrics, 401, 200",
        "GET /threads, 401, 200",
        "GET /ping, 401, 200",
        "POST /tasks/gc, 401, 200",
        "GET /nowhere, 401, 404",
        "BREW /metrics, 401, 405",
        "GET /%zz, 400, 400",
        "GET /health-check, 200, 200"
    })
    void the_token_opens_and_every_response_tells_browsers_the_rules(String request, int without, int with)
            throws IOException {
        Reply stranger = exchange(request);
        Reply operator = exchange(request, "Authorization: Bearer " + TOKEN);

        assertThat(stranger.status()).isEqualTo(without);
        assertThat(operator.status()).isEqualTo(with);
        for (Reply reply : new Reply[] {stranger, operator}) {
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
        if (without == 401) {
            assertThat(stranger.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(stranger.json().at("/instance").asText()).isEqualTo(stranger.header("X-Request-Id"));
        }
    }

    @Test
    void readers_have_rules_of_their_own() throws IOException {
        Reply reply =
                RawHttp.exchange(lectern.url().getPort(), "GET /api/v1/books HTTP/1.1\r\nHost: books.example\r\n\r\n");

        assertThat(reply.header("Content-Security-Policy")).doesNotContain("'self'");
    }

    private static Reply exchange(String request, String... headers) throws IOException {
        return RawHttp.exchange(
                lectern.adminUrl().getPort(),
                request + " HTTP/1.1\r\nHost: ops.example\r\nContent-Length: 0\r\n"
                        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }
}
