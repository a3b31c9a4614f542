package dev.lectern.problem;

import static dev.lectern.problem.ProblemServer.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class JettyProblemsTest {

    @RegisterExtension
    static final ProblemServer SERVER = new ProblemServer(environment -> {
        environment.jersey().register(new Echo());
        environment.servlets().addServlet("broken", new Broken()).addMapping("/broken");
    });

    @Path("/echo")
    public static final class Echo {

        @GET
        public String ids() {
            return MDC.get("request_id") + " " + MDC.get("trace_id");
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public String echo(String text) {
            return text;
        }
    }

    static final class Broken extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getQueryString() != null) {
                response.sendError(Integer.parseInt(request.getQueryString()), "the password is hunter2");
                return;
            }
            throw new IllegalStateException("the password is hunter2");
        }
    }

    /// What is sent, the status and the slug of the problem.
    static Stream<Arguments> refusals() {
        String post = "POST /echo" + HOST;
        String json = post + "Content-Type: application/json\r\n";
        return Stream.of(
                // paths
                Arguments.of("GET /echo/%zz" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/%ff" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/%c0%80" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/%00" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/\0" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/\u00c3\u00bc" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/a%2fb" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/%2e%2e/b" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /../echo" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo//b" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo/..;a/b" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo\\b" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET echo" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("GET /nowhere" + HOST + "\r\n", 404, "not-found"),
                Arguments.of("OPTIONS *" + HOST + "\r\n", 404, "not-found"),
                Arguments.of("GET /" + "a".repeat(9_000) + HOST + "\r\n", 414, "uri-too-long"),
                // methods
                Arguments.of("TRACE /echo" + HOST + "\r\n", 405, "method-not-allowed"),
                Arguments.of("BREW /echo" + HOST + "\r\n", 405, "method-not-allowed"),
                Arguments.of("get /echo" + HOST + "\r\n", 405, "method-not-allowed"),
                Arguments.of("PUT /echo" + HOST + "\r\n", 405, "method-not-allowed"),
                Arguments.of("PUT /broken" + HOST + "\r\n", 405, "method-not-allowed"),
                // what is no HTTP that the server speaks
                Arguments.of("G@T /echo" + HOST + "\r\n", 400, "invalid-request"),
                Arguments.of("\u0016\u0003\u0001\u0002\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo\r\n\r\n", 505, "http-version-not-supported"),
                Arguments.of("GET /echo HTTP/3.0\r\nHost: books.example\r\n\r\n", 505, "http-version-not-supported"),
                Arguments.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 426, "http-426"),
                // headers
                Arguments.of("GET /echo HTTP/1.1\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "Host: another.example\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "X Y: a\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "X\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "X: a\r\n b\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "X: a\0b\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "X: " + "a".repeat(9_000) + "\r\n\r\n", 431, "headers-too-large"),
                Arguments.of("GET /echo" + HOST + "Accept: ///\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /echo" + HOST + "Accept: text/plain;q=x\r\n\r\n", 400, "invalid-request"),
                Arguments.of("GET /nowhere" + HOST + "Accept: image/png\r\n\r\n", 404, "not-found"),
                Arguments.of("BREW /echo" + HOST + "Accept: image/png\r\n\r\n", 405, "method-not-allowed"),
                // bodies
                Arguments.of(post + "Content-Type: %%\r\nContent-Length: 2\r\n\r\n{}", 415, "unsupported-media-type"),
                Arguments.of(post + "Content-Length: x\r\n\r\n", 400, "invalid-request"),
                Arguments.of(post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "invalid-request"),
                Arguments.of(post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400, "invalid-request"),
                Arguments.of(json + "Content-Length: 3000000000\r\n\r\n", 413, "content-too-large"),
                Arguments.of(json + "Content-Length: 9223372036854775807\r\n\r\n", 413, "content-too-large"),
                Arguments.of(post + "Content-Length: 9223372036854775808\r\n\r\n", 400, "invalid-request"),
                Arguments.of(
                        post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        "invalid-request"),
                Arguments.of(post + "Transfer-Encoding: gzip\r\n\r\n", 400, "invalid-request"),
                Arguments.of(post + "Expect: much\r\nContent-Length: 2\r\n\r\n{}", 417, "expectation-failed"),
                // a fault of ours, and refusals of servlets and filters
                Arguments.of("GET /broken" + HOST + "\r\n", 500, "internal"),
                Arguments.of("GET /broken?503" + HOST + "\r\n", 503, "unavailable"),
                Arguments.of("GET /broken?418" + HOST + "\r\n", 418, "http-418"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_a_problem_with_the_requests_id(String request, int status, String slug) throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), request);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().at("/type").asText()).isEqualTo("urn:lectern:problem:" + slug);
        assertThat(reply.json().at("/status").asInt()).isEqualTo(status);
        assertThat(reply.json().at("/title").asText()).isNotBlank();
        assertThat(reply.json().at("/detail").asText()).isNotBlank();
        assertThat(reply.json().at("/instance").asText()).isNotBlank().isEqualTo(reply.header("X-Request-Id"));
        assertThat(reply.header("Server")).isNull();
        assertThat(reply.body())
                .doesNotContainIgnoringCase("exception", "jetty")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/echo/a%2fb", "/echo/%2e%2e/b", "/echo//b", "/echo/..;a/b", "/echo\\b", "/echo/[b]", "/echo/%zz"
            })
    void a_path_that_cannot_be_read_or_can_be_read_in_two_ways_is_named(String path) throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "GET " + path + HOST + "\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors").findValuesAsText("pointer")).containsExactly("path");
    }

    @Test
    void a_client_is_told_that_the_connection_ends_where_its_request_cannot_be_read() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("GET /echo/%zz" + HOST + "\r\n");

            assertThat(http.read().header("Connection")).isEqualTo("close");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void a_method_that_no_resource_has_is_refused_with_those_that_some_have() throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "BREW /echo" + HOST + "\r\n");

        assertThat(reply.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    }

    @Test
    void a_refusal_that_passes_says_when_to_come_back() throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "GET /broken?503" + HOST + "\r\n");

        assertThat(Long.parseLong(reply.header("Retry-After"))).isBetween(1L, 2L);
    }

    @Test
    void a_refusal_of_a_HEAD_has_no_body() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("HEAD /echo/a%2fb" + HOST + "Connection: close\r\n\r\n");
            Reply reply = http.readHead();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("X-Request-Id")).isNotBlank();
            assertThat(http.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"/echo, 200", "/nowhere, 404", "/echo/a%2fb, 400", "/broken, 500"})
    void a_request_keeps_a_sane_id_of_the_client(String path, int status) throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "GET " + path + HOST + "X-Request-Id: mine-1\r\n\r\n");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-Request-Id")).isEqualTo("mine-1");
        if (status >= 400) {
            assertThat(reply.json().at("/instance").asText()).isEqualTo("mine-1");
        }
    }

    @Test
    void a_request_gets_an_id_instead_of_an_insane_one() throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "GET /echo" + HOST + "X-Request-Id: a b{}\r\n\r\n");

        assertThat(reply.header("X-Request-Id")).matches("[0-9a-f-]{36}");
    }

    @Test
    void the_log_names_the_request_and_its_trace_and_neither_outlives_it() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("GET /echo" + HOST + "X-Request-Id: mine-1\r\n"
                    + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n");
            assertThat(http.read().body()).isEqualTo("mine-1 4bf92f3577b34da6a3ce929d0e0e4736");

            http.send("GET /echo" + HOST + "traceparent: of no form\r\n\r\n");
            Reply next = http.read();
            assertThat(next.body()).isEqualTo(next.header("X-Request-Id") + " null");
        }
    }

    @Test
    void the_admin_port_names_its_requests_too() throws IOException {
        Reply page = RawHttp.exchange(SERVER.adminPort(), "GET /ping" + HOST + "\r\n");
        Reply nowhere = RawHttp.exchange(SERVER.adminPort(), "GET /nowhere" + HOST + "\r\n");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("X-Request-Id")).isNotBlank();
        assertThat(page.header("Server")).isNull();
        assertThat(nowhere.json().at("/instance").asText()).isNotBlank().isEqualTo(nowhere.header("X-Request-Id"));
    }
}
