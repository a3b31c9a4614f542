package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.problem.JettyProblems;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

@Timeout(30)
class EmbeddedServletIT {

    @RegisterExtension
    static final SharedDatabase DATABASE =
            new SharedDatabase(GatewaySettings.DEFAULT.withWakeDelay(Duration.ofMillis(50)));

    private static final Server SERVER = new Server();
    private static final LocalConnector CONNECTOR = new LocalConnector(SERVER);
    private static final ObjectMapper JSON = json();

    private record Reply(int status, String head, JsonNode body) {}

    @BeforeAll
    static void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new EmbeddedServlet(DATABASE.gateway(), JSON)), "/api/embedded/*");
        SERVER.addConnector(CONNECTOR);
        SERVER.setHandler(context);
        SERVER.addEventListener(new JettyProblems(new DefaultServerFactory(), JSON));
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    @Test
    void tells_and_changes_what_the_compute_does() throws Exception {
        long before = get("").body().get("wakes").asLong();
        assertThat(post("/suspend", "").body().get("compute").asText()).isEqualTo("idle");

        Reply woken = post("/wake", "");

        assertThat(woken.status()).isEqualTo(200);
        assertThat(woken.head()).contains("application/json", "no-store");
        assertThat(woken.body().get("compute").asText()).isEqualTo("active");
        assertThat(woken.body().get("wakes").asLong()).isEqualTo(before + 1);
        assertThat(woken.body().get("latest_wakes_ms").get((int) before).asLong())
                .isGreaterThanOrEqualTo(50);
        assertThat(post("/kill", "").body().get("compute").asText()).isEqualTo("idle");
        assertThat(post("/restart", "").body().get("compute").asText()).isEqualTo("active");
    }

    @Test
    void puts_a_fault_in_force_until_it_is_cleared() throws Exception {
        Reply put = post("/faults", """
                {"type": "refuse_logins", "reason": "quota", "lasts": "10m"}""");

        JsonNode standing = put.body().get("faults").get(0);
        assertThat(standing.get("fault").get("type").asText()).isEqualTo("refuse_logins");
        assertThat(standing.get("fault").get("reason").asText()).isEqualTo("quota");
        assertThat(standing.get("happened").asInt()).isZero();
        assertThat(Duration.parse(standing.get("remaining").asText()))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DATABASE.query("SELECT 1"))
                .withMessageContaining("exceeded the compute time quota");

        assertThat(request("DELETE", "/faults", "").body().get("faults")).isEmpty();
        assertThat(DATABASE.query("SELECT 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "earthquake"}                                     | /type
            {}                                                         | /type
            {"type": "slow", "delay": "soon"}                          | /delay
            {"type": "slow", "delay": "5ms", "share": 2}               | /share
            {"type": "slow"}                                           | /delay
            {"type": "refuse_logins", "reason": "boredom"}             | /reason
            {"type": "reset_queries", "every": "often"}                | /every
            {"type": "black_hole", "size": 3}                          | /size
            {"type": "black_hole", "lasts": "a while"}                 | /lasts
            {"type": "kill", "lasts": "5s"}                            | /lasts
            {"type": "slots_taken", "connections": 0}                  | /connections
            {"type": "black_hole", "a/b": 3}                           | /a~1b
            """)
    void names_the_member_that_is_not_valid(String body, String pointer) throws Exception {
        Reply refused = post("/faults", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.head()).contains("application/problem+json");
        assertThat(refused.body().get("type").asText()).isEqualTo("urn:lectern:problem:invalid-request");
        assertThat(refused.body().get("errors").get(0).get("pointer").asText()).isEqualTo(pointer);
        assertThat(get("").body().get("faults")).isEmpty();
    }

    @Test
    void says_what_a_reason_must_be() throws Exception {
        Reply refused = post("/faults", "{\"type\": \"refuse_logins\", \"reason\": \"boredom\"}");
        assertThat(refused.body().get("errors").get(0).get("detail").asText())
                .startsWith("must be one of [waking, control_plane, quota, ");
    }

    @ParameterizedTest
    @CsvSource({"GET, /nothing", "POST, /nothing", "PUT, /faults", "GET, /suspend", "GET, /counts?request_id=nobody"})
    void there_is_nothing_else(String method, String path) throws Exception {
        Reply refused = request(method, path, "");
        assertThat(refused.status()).isEqualTo(404);
        String instance = refused.body().get("instance").asText();
        assertThat(refused.head()).contains("X-Request-Id: " + instance);
    }

    @Test
    void counts_round_trips_by_the_request_that_they_were_made_for() throws Exception {
        post("/counts/reset", "");
        Gateway gateway = DATABASE.gateway();
        NeonSettings settings = NeonSettings.of(NeonUrl.parse(DATABASE.jdbcUrl()));
        try (NeonDatabase neon = new NeonDatabase(settings, new RequestAttribution(gateway), Preparation.NONE);
                MDC.MDCCloseable request = MDC.putCloseable("request_id", "the-request")) {
            assertThat(request).isNotNull();
            for (int i = 0; i < 2; i++) {
                neon.read(Criticality.INTERACTIVE_READ, Deadline.in(Duration.ofSeconds(20)), connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("SELECT 1");
                    }
                });
            }
        }
        assertThat(get("/counts?request_id=the-request")
                        .body()
                        .get("round_trips")
                        .asInt())
                .isEqualTo(2);
        JsonNode counts = get("/counts").body();
        assertThat(counts.get("round_trips").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(counts.get("most_open_backends").asInt()).isPositive();
    }

    private static ObjectMapper json() {
        LecternApplication application = new LecternApplication();
        Bootstrap<LecternConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        return bootstrap.getObjectMapper();
    }

    private static Reply get(String path) throws Exception {
        return request("GET", path, "");
    }

    private static Reply post(String path, String body) throws Exception {
        return request("POST", path, body);
    }

    private static Reply request(String method, String path, String body) throws Exception {
        String response =
                CONNECTOR.getResponse("""
                %s /api/embedded%s HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(method, path, body.getBytes(StandardCharsets.UTF_8).length, body));
        int end = response.indexOf("\r\n\r\n");
        return new Reply(
                Integer.parseInt(response.substring(9, 12)),
                response.substring(0, end),
                JSON.readTree(response.substring(end + 4)));
    }
}
