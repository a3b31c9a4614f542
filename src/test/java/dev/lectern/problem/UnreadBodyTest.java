package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import io.dropwizard.testing.ConfigOverride;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a connection where the response does not wait for the request's body.
class UnreadBodyTest {

    @RegisterExtension
    static final ProblemServer SERVER = new ProblemServer(
            environment -> environment.jersey().register(new Echo()),
            ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "3s"));

    private static final String JSON = " HTTP/1.1\r\nHost: books.example\r\nContent-Type: application/json\r\n";
    private static final String BODY = "{\"text\": \"a\"}";
    private static final String ANOTHER = "POST /echo" + JSON + "Content-Length: 13\r\n\r\n" + BODY;

    @Path("/")
    @Consumes(MediaType.APPLICATION_JSON)
    public static final class Echo {

        @POST
        @Path("/echo")
        public Map<String, Object> echo(Map<String, Object> body) {
            return body;
        }

        @POST
        @Path("/without-a-body")
        public String withoutABody() {
            return "done";
        }

        @POST
        @Path("/small")
        @BodyLimit(10)
        public Map<String, Object> small(Map<String, Object> body) {
            return body;
        }

        @POST
        @Path("/unauthorized")
        public String unauthorized(@HeaderParam("Authorization") @Nullable String token) {
            if (token == null) {
                throw ProblemException.unauthorized("Who is there?");
            }
            return "done";
        }
    }

    @ParameterizedTest
    @CsvSource({"/without-a-body, 200", "/unauthorized, 401", "/nowhere, 404", "/small, 413"})
    void a_small_body_that_comes_after_the_response_leaves_the_connection_usable(String path, int status)
            throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST " + path + JSON + "Content-Length: 13\r\n\r\n");
            Reply early = http.read();
            http.send(BODY);
            http.send(ANOTHER);

            assertThat(early.status()).isEqualTo(status);
            assertThat(early.header("Connection")).isNull();
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_response_that_awaits_neither_a_large_body_nor_one_of_unknown_length_announces_the_end() throws IOException {
        for (String length : new String[] {"Content-Length: 5000000", "Transfer-Encoding: chunked"}) {
            try (RawHttp http = new RawHttp(SERVER.port())) {
                http.send("POST /unauthorized" + JSON + length + "\r\n\r\n");

                assertThat(http.read().header("Connection")).isEqualTo("close");
            }
        }
    }

    @Test
    void a_large_body_that_is_read_leaves_the_connection_usable() throws IOException {
        String large = "{\"text\": \"" + "a".repeat(500_000) + "\"}";
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /echo" + JSON + "Content-Length: " + large.length() + "\r\n\r\n" + large);
            assertThat(http.read().status()).isEqualTo(200);

            http.send("POST /echo" + JSON + "Transfer-Encoding: chunked\r\n\r\nd\r\n" + BODY + "\r\n0\r\n\r\n");
            Reply chunked = http.read();
            assertThat(chunked.status()).isEqualTo(200);
            assertThat(chunked.header("Connection")).isNull();

            http.send(ANOTHER);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_has_sent_a_large_body_still_gets_the_refusal_that_came_before() throws IOException {
        String large = "a".repeat(2_000_000);
        for (int i = 0; i < 20; i++) {
            try (RawHttp http = new RawHttp(SERVER.port())) {
                http.send("POST /echo" + JSON + "Content-Length: " + large.length() + "\r\n\r\n" + large);

                assertThat(http.read().status()).isEqualTo(413);
                assertThat(http.isEnded()).isTrue();
            }
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_its_body_is_refused_without_it() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /unauthorized" + JSON + "Content-Length: 13\r\nExpect: 100-continue\r\n\r\n");
            Reply refusal = http.read();

            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.header("Connection")).isEqualTo("close");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void a_client_that_stops_in_the_midst_of_its_body_is_told_that_it_is_too_slow() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /echo" + JSON + "Content-Length: 13\r\n\r\n{");
            Reply refusal = http.read();

            assertThat(refusal.status()).isEqualTo(408);
            assertThat(refusal.json().at("/type").asText()).isEqualTo("urn:lectern:problem:request-timeout");
            assertThat(refusal.header("Connection")).isEqualTo("close");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void a_pooling_client_never_meets_a_connection_that_has_ended() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 500; i++) {
                for (String path : new String[] {"/without-a-body", "/unauthorized", "/nowhere", "/small", "/echo"}) {
                    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(BODY))
                            .build();

                    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                            .isBetween(200, 413);
                }
            }
        }
    }
}
