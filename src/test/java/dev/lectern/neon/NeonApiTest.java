package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeonApiTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<String> states = new ArrayDeque<>(List.of("active", "idle"));
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            String state = exchange.getRequestMethod().equals("GET") ? states.remove() : "active";
            byte[] body = ("{\"endpoint\": {\"current_state\": \"" + state + "\"}}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void suspends_and_waits_until_the_compute_is_idle() throws Exception {
        suspend();

        assertThat(asked).containsExactly("POST /e/suspend Bearer key", "GET /e Bearer key", "GET /e Bearer key");
    }

    @Test
    void a_refusal_names_the_status_and_no_key() {
        status = 401;

        assertThatThrownBy(this::suspend).hasMessageContaining("401").hasMessageNotContaining("key");
    }

    private void suspend() throws Exception {
        URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort() + "/e");
        try (HttpClient client = HttpClient.newHttpClient()) {
            new NeonApi(client, endpoint, new Secret("key"), Duration.ofMillis(1)).suspend();
        }
    }
}
