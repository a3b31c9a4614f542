package dev.lectern.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers that say of a request what it is not. `X-Forwarded-For`, against the limits, is in `LimitsIT`; `Origin` in
/// `CrossOriginIT`.
class SpoofingIT {

    private static LecternServer lectern;

    private LecternClient reader;
    private Attacker owner;
    private String conversation;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @BeforeEach
    void converse() {
        reader = lectern.reader();
        owner = Attacker.at(lectern).as(reader.token());
        conversation = "/api/v1/conversations/"
                + reader.post("/conversations", "{}").json().at("/id").asText();
    }

    @AfterEach
    void leave() {
        reader.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Http-Method-Override"})
    void a_method_in_a_header_is_not_heeded(String header) throws IOException {
        Attacker.refused(owner.sendJson("POST " + conversation, "{}", header + ": DELETE"), 405);
        assertThat(owner.send("GET " + conversation, header + ": DELETE").status())
                .isEqualTo(200);
        Attacker.refused(owner.sendJson("POST " + conversation + "?_method=DELETE", "{}"), 405);

        assertThat(owner.send("GET " + conversation).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path"})
    void a_path_in_a_header_is_not_heeded(String header) throws IOException {
        assertThat(owner.send("GET /api/v1/books", header + ": " + conversation).body())
                .contains("\"items\"")
                .doesNotContain("created_at");
        Attacker.refused(owner.send("GET /nowhere", header + ": /api/v1/books"), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "Forwarded: host=evil.example;proto=https",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Server: evil.example",
                "X-Host: evil.example"
            })
    void an_answer_names_no_host_that_a_header_has_made_up(String header) throws IOException {
        for (Attacker caller : List.of(owner, owner.calling("evil.example"))) {
            Reply reply = caller.sendJson("POST /api/v1/conversations", "{}", header);

            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.header("Location"))
                    .isEqualTo("/api/v1/conversations/" + reply.json().at("/id").asText());
            assertThat(reply.headers().values()).noneMatch(value -> value.contains("evil.example"));
            assertThat(reply.body()).doesNotContain("evil.example");
            assertThat(reply.header("Strict-Transport-Security")).isNull();
        }
    }

    @Test
    void a_target_with_another_host_than_the_header_is_refused() throws IOException {
        Attacker.refused(owner.send("GET http://evil.example/api/v1/books"), 400);
        Attacker.refused(owner.send("GET http://user:password@books.example/api/v1/books"), 400);
        Attacker.refused(owner.send("CONNECT evil.example:443"), 400);

        assertThat(owner.send("GET http://books.example/api/v1/books").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "evil.example/path",
                "evil.example\\path",
                "user@books.example",
                "books.example:99999",
                "books.example:port",
                "[::1",
                "<script>",
                "books.example\r\nHost: evil.example"
            })
    void what_is_no_host_is_refused(String host) throws IOException {
        Attacker.refused(owner.calling(host).send("GET /api/v1/books"), 400);
    }
}
