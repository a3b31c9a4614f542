package dev.lectern;

import static dev.lectern.testing.StubNeonApi.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.neonapi.NeonApiSettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubNeonApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole application with Neon's API beside it: what becomes of that harms no reader.
@Timeout(90)
class NeonApiIT {

    @TempDir
    Path home;

    private final StubNeonApi neon = new StubNeonApi();
    private EmbeddedDatabase database;

    @BeforeEach
    void start() {
        database = EmbeddedDatabase.start(Homes.filled(home));
    }

    @AfterEach
    void stop() {
        database.close();
        neon.close();
    }

    @Test
    void readers_are_served_while_Neons_api_hangs_and_the_end_does_not_wait_for_it() {
        neon.staysSilent();
        LecternServer lectern = lectern(neon.url().toString()).withPoolsBook();
        neon.awaitQuestions(1);
        serves(lectern);

        long begin = System.nanoTime();
        lectern.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NeonApiSettings.DEFAULT_TIMEOUT);
    }

    @Test
    void readers_are_served_while_Neons_api_refuses_or_nobody_is_there() {
        neon.computeAnswers(401, "{}");
        try (LecternServer lectern = lectern(neon.url().toString()).withPoolsBook()) {
            until(() -> String.valueOf(value(lectern, "failure")).contains("401"));
            serves(lectern);
            assertThat(value(lectern, "state")).isEqualTo("UNKNOWN");
            assertThat(value(lectern, "age.seconds")).isNull();
        }
        try (LecternServer lectern = lectern("http://127.0.0.1:1/api/v2")) {
            until(() -> String.valueOf(value(lectern, "failure")).contains("cannot be had"));
            serves(lectern);
        }
    }

    @Test
    void warm_up_goes_by_what_Neon_says_and_operators_see_it() throws Exception {
        neon.compute("""
                "current_state": "idle", "suspend_timeout_seconds": -1, "autoscaling_limit_min_cu": 0.5""");
        neon.project(200, "{\"project\": {\"org_id\": \"org-1\"}}");
        neon.consumption("daily", 403, "{}");
        neon.consumption("hourly", 403, "{}");
        try (LecternServer lectern = lectern(neon.url().toString()).withPoolsBook()) {
            until(() -> "IDLE".equals(value(lectern, "state")));
            until(() -> "the compute is never suspended"
                    .equals(Objects.requireNonNull(lectern.metrics().getGauges().get("warmup.plan"))
                            .getValue()));
            serves(lectern);
            assertThat(value(lectern, "failure")).isEqualTo("");
            assertThat((Long) value(lectern, "age.seconds")).isBetween(0L, 60L);
            assertThat(value(lectern, "corrections")).isEqualTo(0L);
            assertThat(value(lectern, "cu-hours.month")).isNull();
            assertThat(metrics(lectern, "application/json"))
                    .contains("\"neon.api.state\"", "\"neon.api.cu-hours.month\"")
                    .doesNotContain(StubNeonApi.KEY);
            assertThat(metrics(lectern, "text/plain"))
                    .contains("neon_api_age_seconds ", "neon_api_unanswered 0.0")
                    .doesNotContain(StubNeonApi.KEY);
        }
    }

    private static String metrics(LecternServer lectern, String accept) throws Exception {
        URI metrics = URI.create(lectern.adminUrl() + "/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(metrics)
                                    .header("Accept", accept)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private LecternServer lectern(String api) {
        return LecternServer.start(
                database.jdbcUrl(),
                Map.of(
                        "warmup.policy", "always",
                        "neonApi.url", api,
                        "neonApi.key", StubNeonApi.KEY,
                        "neonApi.project", StubNeonApi.PROJECT,
                        "neonApi.endpoint", StubNeonApi.ENDPOINT));
    }

    private static void serves(LecternServer lectern) {
        try (LecternClient reader = lectern.reader()) {
            LecternClient.Reply answer = reader.ask(reader.converse("pools"), "What is a permit?");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/saved").asBoolean()).isTrue();
        }
    }

    private static @Nullable Object value(LecternServer lectern, String name) {
        Gauge<?> gauge = Objects.requireNonNull(lectern.metrics().getGauges().get("neon.api." + name), name);
        return gauge.getValue();
    }
}
