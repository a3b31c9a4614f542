package dev.lectern.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.Terminal;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `capacity` on a Lectern that has had readers for some seconds.
@Timeout(120)
class CapacityCommandIT {

    private static final String TOKEN = "the token of the operators";
    /// However busy the machine of the tests is.
    private static final String TARGET = "1m";

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int ENOUGH = 3_000;

    @TempDir
    private static Path folder;

    private static LecternServer lectern;
    private static @Nullable String metrics;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private @Nullable String token;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of("database.replicas", "2"));
        try (LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            for (int i = 0; i < ENOUGH && held(operator) < 100; i++) {
                reader.get("/conversations");
                LockSupport.parkNanos(MOMENT.toNanos());
            }
            metrics = operator.get("/metrics").body();
        }
    }

    /// How often a connection was held in the busiest minute.
    private static long held(OperatorClient operator) {
        long held = 0;
        for (JsonNode part : operator.get("/api/capacity").json().at("/busiest/hold/parts")) {
            held += part.get(1).asLong();
        }
        return held;
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @Test
    void advises_by_what_a_running_lectern_has_measured() throws Exception {
        capacity("--url", lectern.adminUrl().toString(), "--target", TARGET);

        assertThat(text())
                .startsWith("Capacity by " + lectern.adminUrl() + ": the busiest minute of the last hour, which ended ")
                .contains(
                        "  arrivals  ",
                        " a second, ",
                        ", 0 refused, burstiness ",
                        "  held      mean ",
                        "  target    60.0 s, which leaves ")
                .contains("  connections  utilisation  must wait  p95 of wait  of wait and hold\n")
                .containsPattern("\n +2 .* advised\n")
                .containsPattern("\n +16 .* now\n")
                .contains("ADVICE: For ", ": 2 connections keep waiting and holding within ")
                .contains("2 replicas of 2 each and a head-room of 10 are 14 connections at the server")
                .containsPattern(
                        "The pool has 16. Predicted p95 of waiting and holding: [\\d.]+ ms; measured: [\\d.]+ ms")
                .contains("Holds are taken as they were measured")
                .doesNotContain("\u001b");
    }

    @Test
    void a_hundred_times_the_traffic_needs_more() throws Exception {
        capacity("--url", lectern.adminUrl().toString(), "--target", TARGET, "--json");
        JsonNode now = json();
        capacity(
                "--url",
                lectern.adminUrl().toString(),
                "--target",
                TARGET,
                "--growth",
                "100",
                "--replicas",
                "1",
                "--json");
        JsonNode grown = json();

        assertThat(grown.at("/growth").asDouble()).isEqualTo(100);
        assertThat(grown.at("/present/utilisation").asDouble())
                .isCloseTo(100 * now.at("/present/utilisation").asDouble(), withPercentage(20));
        assertThat(grown.at("/advised/connections").asInt())
                .isGreaterThanOrEqualTo(now.at("/advised/connections").asInt());
        assertThat(grown.at("/server_connections").asInt())
                .isEqualTo(grown.at("/advised/connections").asInt() + 10);
        assertThat(now.at("/measured/wait_and_hold_p95_ms").asDouble()).isPositive();
        assertThat(now.at("/present/wait_and_hold_p95_ms").asDouble()).isPositive();
    }

    @Test
    void reads_what_prometheus_was_told() throws Exception {
        capacity("--from-metrics", file("metrics", metrics).toString(), "--target", TARGET);

        assertThat(text())
                .contains(": the average since the start of ", "ADVICE: For ", "measured: ")
                .contains("  besides   nothing known, and taken for nothing, of a request");
    }

    @Test
    void a_target_that_no_pool_keeps_ends_with_1() {
        assertThatThrownBy(() -> capacity("--from-metrics", file("all", metrics).toString(), "--target", "1ms"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(1));
        assertThat(text()).contains("NO POOL: No pool keeps ");
    }

    @Test
    void says_nothing_of_what_was_used_a_few_times_only() throws Exception {
        Path few = file("few", """
                db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.005"} 40
                db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.01"} 50
                db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 50
                db_client_connection_use_time_seconds_count{criticality="interactive_read"} 50
                db_client_connection_use_time_seconds_sum{criticality="interactive_read"} 0.2
                db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="0.001"} 50
                db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 50
                db_client_connection_wait_time_seconds_count{criticality="interactive_read"} 50
                db_client_connection_wait_time_seconds_sum{criticality="interactive_read"} 0.01
                db_client_connection_max 16.0
                process_uptime_seconds 60.0
                """);

        assertThatThrownBy(() -> capacity("--from-metrics", few.toString()))
                .hasMessage("Too little to tell: the database was used 50 times in the average since the"
                        + " start of 60 s, and 100 times are the least to go by")
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(1));
        assertThat(text()).isEmpty();
    }

    @Test
    void says_that_no_lectern_is_there_or_that_it_wants_its_token() {
        assertThatThrownBy(() -> capacity("--url", "http://127.0.0.1:1"))
                .hasMessage("no Lectern answers at http://127.0.0.1:1; bin/run starts one")
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
        try (LecternServer guarded = LecternServer.start(
                "jdbc:postgresql://127.0.0.1:1/nowhere?user=nobody&password=none",
                Map.of("access.adminToken", TOKEN))) {
            assertThatThrownBy(() -> capacity("--url", guarded.adminUrl().toString()))
                    .hasMessageEndingWith("wants its token: set LECTERN_ADMIN_TOKEN")
                    .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
            token = TOKEN;
            assertThatThrownBy(() -> capacity("--url", guarded.adminUrl().toString()))
                    .hasMessageStartingWith("No work was done on the database")
                    .satisfies(e -> assertThat(exitCode(e)).isEqualTo(1));
        }
    }

    @Test
    void files_that_are_none_of_lecterns_metrics_are_refused() throws Exception {
        Path strange = file("strange", "up 1\n");
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, 0x28});

        for (String[] files : new String[][] {
            {strange.toString()},
            {folder.resolve("bytes").toString()},
            {folder.resolve("nowhere").toString()},
            {file("a", metrics).toString(), file("b", metrics).toString()},
            {strange.toString(), strange.toString(), strange.toString()}
        }) {
            String[] all = new String[files.length + 1];
            all[0] = "--from-metrics";
            System.arraycopy(files, 0, all, 1, files.length);
            assertThatThrownBy(() -> capacity(all))
                    .as(String.join(" ", files))
                    .satisfies(e -> assertThat(exitCode(e)).isEqualTo(64));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--growth=0", "--growth=-1", "--growth=much", "--growth=1001", "--target=0ms", "--url=nowhere"})
    void an_option_that_makes_no_sense_is_refused(String option) {
        assertThatThrownBy(() -> capacity(option))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(64));
    }

    private void capacity(String... options) throws Exception {
        printed.reset();
        TypedCommand.run(
                new CapacityCommand(
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        Terminal.NONE,
                        new ObjectMapper(),
                        name -> name.equals("LECTERN_ADMIN_TOKEN") ? token : null),
                options);
    }

    private static Path file(String name, @Nullable String text) throws Exception {
        return Files.writeString(folder.resolve(name), String.valueOf(text));
    }

    private static int exitCode(Throwable failure) {
        return ((CommandFailedException) failure).exitCode();
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(text());
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
