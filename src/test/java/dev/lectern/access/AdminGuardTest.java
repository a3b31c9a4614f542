package dev.lectern.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGuardTest {

    private static final String TOKEN = "sixteen characters at least";

    private final KeysInMemory keys = new KeysInMemory();
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8081", "LOCALHOST", "127.0.0.1:8081", "127.8.9.1", "[::1]:8081"})
    void without_a_token_whoever_calls_this_machine_by_its_own_name_is_let_in(String host) throws Exception {
        guardedBy(null);

        assertThat(status("GET /api/config", "Host: " + host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"books.example", "127.0.0.1.evil.example", "localhost.evil.example:8081", "10.0.0.7", "[::2]"})
    void without_a_token_a_name_that_was_made_to_lead_here_is_refused(String host) throws Exception {
        guardedBy(null);

        String refused = exchange("GET /api/config", "Host: " + host);

        assertThat(refused).startsWith("HTTP/1.1 403").contains("application/problem+json", "Host");
        assertThat(status("GET /", "Host: " + host)).isEqualTo(403);
        assertThat(status("GET /health-check", "Host: " + host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/threads", "/api/snapshot", "/api/embedded", "/tasks/gc", "/healthcheck"})
    void with_a_token_nothing_is_had_without_it(String path) throws Exception {
        guardedBy(TOKEN);

        String refused = exchange("GET " + path, "Host: localhost");

        assertThat(refused).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Bearer", "application/problem+json");
        assertThat(status("GET " + path, "Host: ops.example", "Authorization: Bearer " + TOKEN))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sixteen characters at leas",
                "Bearer sixteen characters at least!",
                "Bearer ",
                "Bearer",
                "Basic c2l4dGVlbg==",
                "sixteen characters at least"
            })
    void another_token_is_none(String header) throws Exception {
        guardedBy(TOKEN);

        assertThat(status("GET /metrics", "Host: localhost", "Authorization: " + header))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/app.js", "/health-check"})
    void the_page_and_the_health_check_need_no_token(String path) throws Exception {
        guardedBy(TOKEN);

        assertThat(status("GET " + path, "Host: ops.example")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console/../api/config", "/console/%2e%2e/api/config", "//api/config", "/console;/../metrics"})
    void no_way_of_writing_a_path_leads_around_it(String path) throws Exception {
        guardedBy(TOKEN);

        assertThat(status("GET " + path, "Host: localhost")).isIn(400, 401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST /api/embedded/kill      | Sec-Fetch-Site: cross-site
            POST /api/embedded/kill      | Sec-Fetch-Site: same-site
            POST /tasks/gc               | Origin: https://evil.example
            POST /tasks/gc               | Origin: null
            DELETE /api/embedded/faults  | Origin: http://localhost:8080
            POST /api/actions/pause      | Origin: http://localhost:8081
            """)
    void a_page_of_another_site_changes_nothing(String request, String header) throws Exception {
        guardedBy(null);

        assertThat(status(request, "Host: localhost:8081", header)).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST /api/embedded/kill | X-Nothing: 1
            POST /tasks/warm-up     | Sec-Fetch-Site: none
            POST /tasks/warm-up     | Origin: http://localhost:8081
            POST /api/actions/pause | X-Lectern-Action: 1
            GET /metrics            | Sec-Fetch-Site: cross-site
            """)
    void a_script_the_own_page_and_a_reader_do_what_they_like(String request, String header) throws Exception {
        guardedBy(null);

        assertThat(status(request, "Host: localhost:8081", header)).isEqualTo(200);
    }

    @Test
    void a_token_does_not_open_the_way_for_another_site() throws Exception {
        guardedBy(TOKEN);

        assertThat(status(
                        "POST /api/actions/pause",
                        "Host: ops.example",
                        "Authorization: Bearer " + TOKEN,
                        "X-Lectern-Action: 1",
                        "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin:read | GET /metrics            | 200 |
            admin:read | GET /api/config         | 200 |
            admin:read | POST /tasks/gc          | 403 | admin:act
            admin:read | POST /api/actions/pause | 403 | admin:act
            admin:act  | POST /api/actions/pause | 200 |
            admin:act  | GET /metrics            | 403 | admin:read
            chat       | GET /metrics            | 403 | admin:read
            """)
    void an_api_key_opens_what_its_scope_says_and_the_refusal_names_what_is_missing(
            String scope, String request, int status, @Nullable String named) throws Exception {
        String key = keys.add(Scope.of(scope).orElseThrow());
        guardedBy(TOKEN);

        String reply = exchange(request, "Host: ops.example", "Authorization: Bearer " + key, "X-Lectern-Action: 1");

        assertThat(reply).startsWith("HTTP/1.1 " + status);
        if (named != null) {
            assertThat(reply).contains("the scope " + named);
        }
    }

    @Test
    void who_shows_a_key_that_is_not_good_is_refused_though_this_machine_needs_none() throws Exception {
        String revoked = keys.add(Scope.ADMIN_READ);
        keys.revokeAll();
        guardedBy(null);

        assertThat(status("GET /metrics", "Host: localhost")).isEqualTo(200);
        assertThat(status("GET /metrics", "Host: localhost", "Authorization: Bearer " + revoked))
                .isEqualTo(401);
    }

    @Test
    void a_key_does_not_open_the_way_for_another_site() throws Exception {
        String key = keys.add(Scope.ADMIN_ACT);
        guardedBy(TOKEN);

        assertThat(status(
                        "POST /api/actions/pause",
                        "Host: ops.example",
                        "Authorization: Bearer " + key,
                        "X-Lectern-Action: 1",
                        "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none  | POST /api/embedded/kill     | POST /api/embedded/kill 200 by this machine
            none  | DELETE /api/embedded/faults | DELETE /api/embedded/faults 200 by this machine
            token | POST /tasks/gc?a=b          | POST /tasks/gc 200 by the admin token
            key   | POST /tasks/log-level       | POST /tasks/log-level 200 by API key ID "a server"
            token | GET /metrics                |
            token | POST /refused               |
            none  | POST /api/actions/pause     |
            wrong | POST /tasks/gc              |
            wrong | POST /console/app.js        |
            wrong | POST /health-check          |
            """)
    void what_changes_something_is_written_down_with_who_asked_for_it(String who, String request, @Nullable String line)
            throws Exception {
        String key = keys.add(Scope.ADMIN_ACT);
        guardedBy(who.equals("none") ? null : TOKEN);
        String bearer = who.equals("key") ? key : who.equals("token") ? TOKEN : "another";

        try (CapturedLog log = CapturedLog.of("dev.lectern.operators")) {
            exchange(request, "Host: localhost", "Authorization: Bearer " + bearer, "X-Lectern-Action: 1");

            String id = ApiKeyText.parse(key).map(ApiKeyText::id).orElseThrow();
            assertThat(log.messages()).isEqualTo(line == null ? List.of() : List.of(line.replace("ID", id)));
        }
    }

    @Test
    void a_key_that_nobody_can_verify_now_is_told_to_come_again() throws Exception {
        String key = keys.add(Scope.ADMIN_READ);
        keys.fail(true);
        guardedBy(TOKEN);

        String reply = exchange("GET /metrics", "Host: ops.example", "Authorization: Bearer " + key);

        assertThat(reply).startsWith("HTTP/1.1 503").contains("Retry-After: ", "database-down");
        assertThat(status("GET /metrics", "Host: ops.example", "Authorization: Bearer " + TOKEN))
                .isEqualTo(200);
    }

    private void guardedBy(@Nullable String token) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(
                new FilterHolder(new AdminGuard(token, keys.verifier(), new ObjectMapper())),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Anything()), "/*");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    private int status(String request, String... headers) throws Exception {
        return Integer.parseInt(exchange(request, headers).substring(9, 12));
    }

    private String exchange(String request, String... headers) throws Exception {
        return connector.getResponse(
                request + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    private static final class Anything extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            boolean refused = request.getRequestURI().equals("/refused");
            response.setStatus(refused ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_OK);
        }
    }
}
