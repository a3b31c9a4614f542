package dev.lectern.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A second request in the body of a first, of which a proxy before Lectern would know nothing. What is no HTTP at
/// all is in `JettyProblemsTest`.
class SmugglingIT {

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: books.example\r\n\r\n";
    private static final String MARKER = "GET /health-check?type=alive HTTP/1.1\r\nHost: books.example\r\n\r\n";

    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 0",
                "Content-Length: 0\r\nContent-Length: 50",
                "Content-Length: 0, 50",
                "Content-Length: +50",
                "Content-Length: -1",
                "Content-Length: 0x10",
                "Content-Length: 5 0",
                "Content-Length:",
                "Content-Length : 50",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding:\r\n chunked",
                "X: y\rTransfer-Encoding: chunked"
            })
    void a_length_that_can_be_read_in_two_ways_is_refused_and_ends_the_connection(String length) throws IOException {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            http.send("POST /api/v1/readers HTTP/1.1\r\nHost: books.example\r\nContent-Type: application/json\r\n"
                    + length + "\r\n\r\n0\r\n\r\n" + SMUGGLED);

            Attacker.refused(http.read(), 400);
            assertThat(http.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1\r\n",
                "+0\r\n",
                "0x1\r\n",
                "FFFFFFFFFFFFFFFFF\r\n",
                "1\n\na\r\n0\r\n\r\n",
                "g\r\n",
                "1 \r\n\r\n",
                "\r\n0\r\n\r\n",
                "1;a=\"\r\n\r\n0\r\n\r\n"
            })
    void a_chunk_of_no_size_is_refused_and_ends_the_connection(String chunks) throws IOException {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            http.send("POST /api/v1/chat HTTP/1.1\r\nHost: books.example\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SMUGGLED);

            Attacker.refused(http.read(), 400);
            assertThat(http.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/books",
                "HEAD /api/v1/books",
                "OPTIONS /api/v1/books",
                "DELETE /api/v1/books",
                "POST /api/v1/readers",
                "POST /api/v1/conversations",
                "POST /nowhere",
                "PUT /api/v1/books/a",
                "BREW /api/v1/books",
                "GET /api/v1/books/%zz"
            })
    void a_body_is_no_request_whatever_became_of_the_one_that_it_belongs_to(String line) throws IOException {
        Attacker attacker = Attacker.at(lectern);
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            http.send(attacker.request(line, SMUGGLED) + MARKER);
            Reply first = line.startsWith("HEAD") ? http.readHead() : http.read();

            assertThat(first.status()).isIn(200, 201, 400, 401, 404, 405);
            if ("close".equals(first.header("Connection"))) {
                assertThat(http.isEnded()).isTrue();
            } else {
                assertThat(http.read().status()).isEqualTo(200);
            }
        }
    }
}
