package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleIT {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int ENOUGH = 3_000;

    private static String database;
    private static LecternServer lectern;
    private static LecternClient reader;
    private static OperatorClient operator;

    @BeforeAll
    static void start() {
        database = TestPostgres.freshDatabase();
        lectern = LecternServer.start(TestPostgres.jdbcUrl(database), Map.of()).withPoolsBook();
        reader = lectern.reader();
        operator = new OperatorClient(lectern);
    }

    @AfterAll
    static void stop() {
        operator.close();
        reader.close();
        lectern.close();
    }

    @Test
    void the_snapshot_has_the_verdict_and_what_it_goes_by() {
        reader.get("/conversations");

        JsonNode snapshot = json("/api/snapshot");

        assertThat(snapshot.at("/verdict/level").asText()).isEqualTo("good");
        assertThat(snapshot.at("/verdict/sentence").asText()).startsWith("READY: ");
        assertThat(snapshot.at("/database/status").asText()).isEqualTo("ready");
        assertThat(snapshot.at("/database/name").asText()).isEqualTo(database);
        assertThat(snapshot.at("/database/embedded").asBoolean()).isFalse();
        assertThat(snapshot.at("/pool/maximum").asInt()).isEqualTo(16);
        assertThat(snapshot.at("/pool/configured").asInt()).isEqualTo(16);
        assertThat(snapshot.at("/pool/idle").asInt()).isPositive();
        assertThat(snapshot.at("/pool/server_limit").asInt()).isPositive();
        assertThat(snapshot.at("/rates/window_s").asInt()).isEqualTo(10);
        assertThat(snapshot.at("/readers/target_ms").asInt()).isEqualTo(200);
        assertThat(snapshot.at("/totals/finished").asLong()).isPositive();
        assertThat(snapshot.at("/totals/attempts_failed").isNumber()).isTrue();
        assertThat(snapshot.at("/process/started_at").asText()).endsWith("Z");
        assertThat(snapshot.at("/process/heap_max_mb").asLong()).isPositive();
    }

    @Test
    void each_panel_is_json_that_is_not_kept_anywhere() {
        reader.get("/conversations");

        for (String panel : List.of(
                "snapshot",
                "timeline",
                "times",
                "routes",
                "connections",
                "warmup",
                "fleet",
                "capacity",
                "config",
                "events")) {
            Reply reply = operator.get("/api/" + panel);

            assertThat(reply.status()).as(panel).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(operator.send("HEAD", "/api/" + panel, "").status()).isEqualTo(200);
        }
        assertThat(json("/api/times").at("/use/count").asLong()).isPositive();
        assertThat(json("/api/routes").findValuesAsText("route")).contains("/api/v1/conversations");
        assertThat(json("/api/warmup").at("/policy").asText()).isEqualTo("learned");
        assertThat(json("/api/warmup").at("/ledger/wake_p50_ms").isMissingNode())
                .isFalse();
        assertThat(json("/api/fleet").at("/replicas").asInt()).isEqualTo(1);
        assertThat(json("/api/fleet").at("/head_room").asInt()).isEqualTo(10);
        assertThat(json("/api/capacity").at("/pool").asInt()).isEqualTo(16);
        assertThat(json("/api/capacity").at("/target_ms").asInt()).isEqualTo(200);
        assertThat(json("/api/config").at("/values").findValuesAsText("key")).contains("database.url", "llm.model");
        assertThat(json("/api/events").at("/events").findValuesAsText("kind")).contains("state", "process");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, 404",
        "GET, /api/actions/nothing, 404",
        "POST, /api/snapshot, 405",
        "DELETE, /api/events, 405",
        "GET, /api/connections?server=maybe, 400",
        "GET, /console/nothing.js, 404",
        "GET, /console/index.class, 404",
        "POST, /console/index.html, 405"
    })
    void what_there_is_not_is_a_problem(String method, String path, int status) {
        Reply reply = operator.send(method, path, "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().at("/instance").asText()).isEqualTo(reply.header("X-Request-Id"));
        if (status == 405) {
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/healthcheck", "/threads", "/ping"})
    void what_Dropwizard_has_there_goes_on(String path) {
        assertThat(operator.get(path).status()).isEqualTo(200);
    }

    @Test
    void the_server_is_asked_for_its_sessions_where_that_is_wanted() throws Exception {
        try (Connection blocker = TestPostgres.administrator(database);
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation");
            statement.execute("SELECT 'somebody''s own words'");

            assertThat(json("/api/connections").at("/server").isNull()).isTrue();
            JsonNode sessions = json("/api/connections?server=true").at("/server/sessions");

            assertThat(sessions.findValuesAsText("sql"))
                    .anySatisfy(sql -> assertThat(sql).isEqualTo("SELECT '…''…'"));
            assertThat(sessions.findValuesAsText("state")).contains("idle in transaction");
        }
    }

    @Test
    void the_pool_is_advised_by_the_busiest_minute() {
        JsonNode capacity = json("/api/capacity");
        for (int i = 0; i < ENOUGH && capacity.at("/busiest").isNull(); i++) {
            reader.get("/conversations");
            LockSupport.parkNanos(MOMENT.toNanos());
            capacity = json("/api/capacity");
        }

        JsonNode busiest = capacity.at("/busiest");
        assertThat(busiest.at("/arrivals_per_s").asDouble()).isPositive();
        assertThat(busiest.at("/refused").asLong()).isZero();
        assertThat(busiest.at("/hold/p95_ms").asDouble())
                .isGreaterThanOrEqualTo(busiest.at("/hold/p50_ms").asDouble());
        assertThat(busiest.at("/hold/parts")).isNotEmpty();
        assertThat(busiest.at("/wait_and_hold_p95_ms").asDouble())
                .isGreaterThanOrEqualTo(busiest.at("/hold/p50_ms").asDouble());
        assertThat(busiest.at("/besides_p95_ms").asDouble()).isPositive();
        assertThat(busiest.at("/pieces_per_request").asInt()).isPositive();
        assertThat(capacity.at("/present/connections").asInt()).isEqualTo(16);
        assertThat(capacity.at("/present/wait_and_hold_p95_ms").asDouble()).isPositive();
        assertThat(capacity.at("/advice/sentence").asText()).endsWith(".");
        double left = 200 - busiest.at("/besides_p95_ms").asDouble();
        assertThat(capacity.at("/advice/allowance_ms").asDouble())
                .isCloseTo(Math.max(0, left) / busiest.at("/pieces_per_request").asInt(), within(0.02));
    }

    @Test
    void threads_are_told_of_with_the_virtual_ones_that_requests_are_on() throws Exception {
        try (Connection blocker = TestPostgres.administrator(database);
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation");
            AtomicBoolean locked = new AtomicBoolean(true);
            // Whose deadline passes comes back.
            Thread asking = Thread.ofVirtual().start(() -> {
                while (locked.get()) {
                    reader.get("/conversations");
                }
            });

            Reply reply = operator.get("/api/threads");
            for (int i = 0; i < ENOUGH && !reply.body().contains("ConversationResource"); i++) {
                LockSupport.parkNanos(MOMENT.toNanos());
                reply = operator.get("/api/threads");
            }
            locked.set(false);
            blocker.rollback();
            asking.join();

            assertThat(reply.header("Content-Type")).startsWith("text/plain");
            assertThat(reply.body()).contains("\"console\"", " virtual ", "ConversationResource");
        }
    }

    @Test
    void a_bundle_holds_everything_but_secrets() throws IOException {
        List<String> names = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(operator.download("/api/bundle")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        assertThat(names)
                .contains(
                        "lectern/snapshot.json",
                        "lectern/timeline.json",
                        "lectern/capacity.json",
                        "lectern/config.json",
                        "lectern/events.json",
                        "lectern/threads.txt",
                        "lectern/metrics.txt",
                        "lectern/log.txt");
        for (String part : List.of("READY", "neon_state", "access.apiKey", "***")) {
            assertThat(all.indexOf(part)).as(part).isPositive();
        }
        for (String secret : List.of(LecternServer.API_KEY, String.valueOf(reader.token()))) {
            assertThat(all.indexOf(secret)).as(secret).isNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/console/lib/preact.js, text/javascript;charset=utf-8",
        "/console/lib/uplot.js, text/javascript;charset=utf-8",
        "/console/lib/uplot.css, text/css;charset=utf-8",
        "/console/lib/preact-license.txt, text/plain;charset=utf-8"
    })
    void the_page_has_its_libraries_from_here_and_asks_whether_they_changed(String path, String type) {
        Reply first = operator.get(path);
        Reply second = operator.get(path, "If-None-Match", String.valueOf(first.header("ETag")));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).isEqualTo(type);
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void what_is_large_is_sent_compressed() {
        Reply reply = operator.get("/console/lib/uplot.js", "Accept-Encoding", "gzip");

        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(operator.get(
                                "/console/lib/uplot.js",
                                "Accept-Encoding",
                                "gzip",
                                "If-None-Match",
                                String.valueOf(reply.header("ETag")))
                        .status())
                .isEqualTo(304);
    }

    private static JsonNode json(String path) {
        return operator.get(path).json();
    }
}
