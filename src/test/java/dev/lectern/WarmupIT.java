package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Warm-up as readers and operators meet it, on a compute that is suspended after two seconds and wakes in 700 ms.
@Timeout(60)
class WarmupIT {

    private static final Duration SUSPEND = Duration.ofSeconds(2);
    private static final Duration WAKE = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private EmbeddedDatabase database;

    @BeforeEach
    void start() {
        database = EmbeddedDatabase.start(Homes.filled(home)
                .withGateway(GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND).withWakeDelay(WAKE)));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void a_chapter_that_is_read_wakes_the_database_before_the_question_is_typed() throws Exception {
        try (LecternServer lectern = lectern("true").withPoolsBook();
                LecternClient reader = lectern.reader()) {
            String conversation = reader.converse("pools");
            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();
            long cold = gauge(lectern, "warmup.requests.cold");
            long touches = gauge(lectern, "warmup.touches");

            assertThat(reader.get("/books/pools/chapters/pools").status()).isEqualTo(200);
            while (gauge(lectern, "warmup.touches") == touches) {
                LockSupport.parkNanos(5_000_000);
            }
            long wakes = database.gateway().compute().wakes().count();
            Reply answer = reader.ask(conversation, "What is a permit?");

            assertThat(answer.json().at("/saved").asBoolean()).isTrue();
            assertThat(database.gateway().compute().wakes().count()).isEqualTo(wakes);
            assertThat(gauge(lectern, "warmup.requests.cold")).isEqualTo(cold);
            assertThat(gauge(lectern, "warmup.requests.avoided")).isPositive();
        }
    }

    @Test
    void without_early_waking_reading_lets_the_database_sleep() throws Exception {
        try (LecternServer lectern = lectern("false").withPoolsBook();
                LecternClient reader = lectern.reader()) {
            reader.converse("pools");
            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();

            assertThat(reader.get("/books/pools/chapters/pools").status()).isEqualTo(200);
            assertThat(reader.get("/search?q=permit").status()).isEqualTo(200);

            assertThat(database.gateway().compute().await(Compute.State.ACTIVE, SUSPEND))
                    .isFalse();
        }
    }

    @Test
    void an_operator_wakes_it_and_the_ledger_is_kept_in_that_statement() throws Exception {
        try (LecternServer lectern = lectern("false")) {
            assertThat(warmUp(lectern)).contains("awake");
            assertThat(warmUp(lectern)).contains("awake");
        }
        // What a touch notes of itself is kept by the next.
        assertThat(Homes.query(database.jdbcUrl(), "SELECT sum(touches) FROM warmup_hour"))
                .isEqualTo("1");
        assertThat(Homes.query(database.jdbcUrl(), "SELECT count(*) FROM warmup_history WHERE length(arrivals) > 0"))
                .isEqualTo("1");
        double spent = Double.parseDouble(
                Homes.query(database.jdbcUrl(), "SELECT coalesce(sum(cu_hours), 0) FROM warmup_hour"));

        try (LecternServer again = lectern("false")) {
            warmUp(again);
            assertThat(((Number) value(again, "warmup.cu-hours.month")).doubleValue())
                    .isGreaterThanOrEqualTo(spent);
        }
    }

    private LecternServer lectern(String earlyWake) {
        return LecternServer.start(
                database.jdbcUrl(),
                Map.of(
                        "warmup.policy",
                        "off",
                        "warmup.earlyWake",
                        earlyWake,
                        "database.suspendTimeout",
                        SUSPEND.toSeconds() + "s"));
    }

    private static String warmUp(LecternServer lectern) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(lectern.adminUrl() + "/tasks/warm-up"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static long gauge(LecternServer lectern, String name) {
        return ((Number) value(lectern, name)).longValue();
    }

    private static Object value(LecternServer lectern, String name) {
        Gauge<?> gauge = Objects.requireNonNull(lectern.metrics().getGauges().get(name), name);
        return Objects.requireNonNull(gauge.getValue(), name);
    }
}
