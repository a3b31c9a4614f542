package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who asks for too much, and who tries to get more than that, over real HTTP. What a refusal costs the database is
/// counted on the wire.
class LimitsIT {

    private WireTap tap;

    @BeforeEach
    void start() {
        tap = WireTap.open("127.0.0.1", TestPostgres.port());
    }

    @AfterEach
    void stop() {
        tap.close();
    }

    @Test
    void one_callers_flood_is_refused_without_a_round_trip_and_leaves_others_alone() throws IOException {
        try (LecternServer lectern = lectern(Map.of("limits.caller", "10/1000h"));
                LecternClient flooding = lectern.reader();
                LecternClient other = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String conversation = other.converse("pools");
            for (int i = 0; i < 10; i++) {
                assertThat(flooding.get("/conversations").status()).isEqualTo(200);
            }
            tap.reset();
            for (int i = 0; i < 50; i++) {
                Reply refused = flooding.post("/chat", "{\"query\": \"What is a permit?\"}");
                assertThat(refused.status()).isEqualTo(429);
            }
            assertThat(tap.counts().roundTrips()).isZero();

            Reply refused = flooding.get("/books");
            assertThat(refused.json().at("/type").asText()).isEqualTo("urn:lectern:problem:rate-limited");
            assertThat(refused.json().at("/instance").asText()).isEqualTo(refused.header("X-Request-Id"));
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
            // A thousand hours for ten, and up to a minute more.
            assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                    .isBetween(350_000, 360_060);
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"caller\";q=10;w=3600000");
            assertThat(refused.header("RateLimit")).matches("\"caller\";r=0;t=3\\d{6}");

            Reply answer = other.ask(conversation, "What is a permit?");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Policy"))
                    .isEqualTo(
                            "\"caller\";q=10;w=3600000, \"address\";q=12000;w=60, \"caller-questions\";q=300;w=86400");
            assertThat(answer.header("RateLimit"))
                    .matches("\"caller\";r=8;t=\\d+, \"address\";r=\\d+;t=1, \"caller-questions\";r=299;t=\\d+");

            assertThat(operator.get("/metrics").body())
                    .contains("lectern_requests_limited_total{limit=\"caller\"} 51.0")
                    .contains("lectern_requests_limited_total{limit=\"address\"} 0.0");
            assertThat(operator.get("/metrics").header("RateLimit")).isNull();
        }
    }

    @Test
    void many_tokens_from_one_address_are_no_way_around() throws IOException {
        try (LecternServer lectern = lectern(Map.of(
                        "limits.caller", "100/1000h", "limits.address", "60/1000h", "limits.newReaders", "3/1000h"));
                LecternClient client = new LecternClient(lectern.url())) {
            int port = lectern.url().getPort();
            for (int i = 0; i < 3; i++) {
                assertThat(client.post("/readers", "{}").status()).isEqualTo(201);
            }
            for (String path :
                    new String[] {"/api/v1/readers", "/api/v1/readers/", "/api/v1/readers;a=b", "/api/v1/readers?a"}) {
                RawHttp.Reply refused = RawHttp.exchange(port, "POST " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(refused.status()).as(path).isEqualTo(429);
                assertThat(refused.json().at("/type").asText()).endsWith("rate-limited");
                assertThat(refused.header("RateLimit-Policy"))
                        .isEqualTo("\"address\";q=60;w=3600000, \"new-readers\";q=3;w=3600000");
                assertThat(refused.header("Retry-After")).isNotNull();
            }
            int served = 0;
            for (int i = 0; i < 100; i++) {
                served += client.bearing("made up " + i).get("/books").status() == 200 ? 1 : 0;
            }
            assertThat(served).isBetween(45, 60);
            // Whoever has to know whether it lives still learns it.
            assertThat(RawHttp.exchange(port, "GET /health-check?type=alive HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void what_a_stranger_says_of_its_address_changes_nothing() throws IOException {
        try (LecternServer lectern =
                lectern(Map.of("limits.address", "10/1000h", "limits.trustedProxies", "192.0.2.1"))) {
            int served = 0;
            for (int i = 0; i < 30; i++) {
                served += status(
                                        lectern,
                                        "X-Forwarded-For: 203.0.113." + i + "\r\nForwarded: for=203.0.113." + i
                                                + "\r\nX-Real-IP: 203.0.113." + i)
                                == 200
                        ? 1
                        : 0;
            }
            assertThat(served).isEqualTo(10);
        }
    }

    @Test
    void behind_a_proxy_that_is_trusted_each_client_has_its_own() throws IOException {
        try (LecternServer lectern =
                lectern(Map.of("limits.address", "2/1000h", "limits.trustedProxies", "127.0.0.0/8"))) {
            for (int i = 0; i < 10; i++) {
                assertThat(status(lectern, "X-Forwarded-For: 203.0.113." + i)).isEqualTo(200);
            }
            // What the client has made up, also in the header that the proxy does not know.
            assertThat(status(lectern, "X-Forwarded-For: 1.1.1.1, 203.0.113.1\r\nForwarded: for=1.1.1.1"))
                    .isEqualTo(200);
            assertThat(status(lectern, "X-Forwarded-For: 2.2.2.2, 203.0.113.1\r\nForwarded: for=2.2.2.2"))
                    .isEqualTo(429);
            assertThat(status(lectern, "X-Forwarded-For: 2001:db8::1")).isEqualTo(200);
            assertThat(status(lectern, "X-Forwarded-For: 2001:db8::2")).isEqualTo(200);
            assertThat(status(lectern, "X-Forwarded-For: 2001:db8::3")).isEqualTo(429);
        }
    }

    @Test
    void a_refusal_does_not_wait_for_the_body() throws IOException {
        try (LecternServer lectern = lectern(Map.of("limits.address", "1/1000h"));
                RawHttp http = new RawHttp(lectern.url().getPort())) {
            assertThat(status(lectern, "X: y")).isEqualTo(200);
            http.send(String.join(
                    "\r\n",
                    "POST /api/v1/chat HTTP/1.1",
                    "Host: a",
                    "Content-Type: application/json",
                    "Content-Length: 40",
                    "",
                    ""));

            RawHttp.Reply refused = http.read();

            assertThat(refused.status()).isEqualTo(429);
            // Whose body comes late may use the connection again.
            http.send("{\"query\": \"What is a permit?\"}" + " ".repeat(10));
            http.send("GET /api/v1/books HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(429);
        }
    }

    private static int status(LecternServer lectern, String header) throws IOException {
        return RawHttp.exchange(
                        lectern.url().getPort(), "GET /api/v1/books HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n")
                .status();
    }

    private LecternServer lectern(Map<String, String> overrides) {
        Map<String, String> all =
                new HashMap<>(Map.of("limits.enabled", "true", "warmup.policy", "off", "warmup.earlyWake", "false"));
        all.putAll(overrides);
        String url = "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + TestPostgres.freshDatabase()
                + "?sslmode=disable";
        boolean tight = overrides.containsKey("limits.address");
        LecternServer lectern = LecternServer.start(url, all);
        return tight ? lectern : lectern.withPoolsBook();
    }
}
