package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who sends what no client library would, and what becomes of it.
///
/// @param port of readers or of operators
/// @param host what the header `Host` says
/// @param token in the header `Authorization`; null where there is none
record Attacker(int port, String host, @Nullable String token) {

    static Attacker at(LecternServer lectern) {
        return new Attacker(lectern.url().getPort(), "books.example", null);
    }

    static Attacker atAdminPort(LecternServer lectern) {
        return new Attacker(lectern.adminUrl().getPort(), "localhost", null);
    }

    Attacker as(@Nullable String bearer) {
        return new Attacker(port, host, bearer);
    }

    Attacker calling(String name) {
        return new Attacker(port, name, token);
    }

    /// Without a body.
    ///
    /// @param line method and target
    Reply send(String line, String... headers) throws IOException {
        return RawHttp.exchange(port, head(line, headers) + "\r\n");
    }

    /// With a body in JSON. Characters up to U+00FF are bytes.
    Reply sendJson(String line, String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of("Content-Type: application/json"));
        all.addAll(List.of(headers));
        return RawHttp.exchange(port, request(line, body, all.toArray(String[]::new)));
    }

    /// The bytes of a request with a body.
    String request(String line, String body, String... headers) {
        return head(line, headers) + "Content-Length: " + body.getBytes(ISO_8859_1).length + "\r\n\r\n" + body;
    }

    private String head(String line, String... headers) {
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\nHost: " + host + "\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    /// What holds for every refusal: it is a problem, and says nothing of the inside.
    static JsonNode refused(Reply reply, int status) throws IOException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body())
                .doesNotContainIgnoringCase("exception", "jetty", "jackson", "org.postgresql", "sqlstate", "/tmp/");
        JsonNode problem = reply.json();
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/instance").asText()).isNotBlank().isEqualTo(reply.header("X-Request-Id"));
        return problem;
    }

    /// The same of a refusal that names the field, header or parameter.
    static JsonNode refused(Reply reply, int status, String pointer) throws IOException {
        JsonNode problem = refused(reply, status);
        assertThat(problem.at("/errors").findValuesAsText("pointer")).contains(pointer);
        return problem;
    }
}
