package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubLanguageModelServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the console says of each fault that an operator can see: its cause in the first sentence, and what to do about
/// it in the second.
@Tag("faults")
@Timeout(120)
class VerdictIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern FIGURE = Pattern.compile("\\d+");

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.start(Duration.ofMillis(300));

    @Test
    void nothing_is_wrong() {
        told(
                SERVER,
                1,
                "none, while readers read and write",
                "good",
                "READY: .* a second served, nothing refused; this process holds .* of 16\\.");
    }

    @Test
    void an_outage() {
        told(
                SERVER,
                3,
                "nobody listens any more, and all connections are cut",
                "critical",
                "DOWN: the server cannot be reached; for .*",
                new Fault.RefuseConnections(),
                new Fault.CutConnections());
    }

    @Test
    void a_slow_wake() {
        try (FaultyServer own = FaultyServer.start(Duration.ofSeconds(8))) {
            told(
                    own,
                    4,
                    "compute suspended, whose wake takes 8 s",
                    "bad",
                    "WAKING: the (compute is starting|server is starting, stopping or recovering); for [3-8].*",
                    new Fault.Suspend());
        }
    }

    @Test
    void asleep() throws Exception {
        GatewaySettings sleepy = GatewaySettings.DEFAULT.withSuspendAfter(Duration.ofSeconds(2));
        try (FaultyServer own =
                FaultyServer.start(sleepy, Map.of("warmup.policy", "off", "database.suspendTimeout", "2s"))) {
            row(
                    2,
                    "none; nobody has come for longer than the suspend timeout",
                    verdict(own, "good", "ASLEEP: nobody has asked for it.*"));
            assertThat(own.gateway().compute().await(Compute.State.IDLE, PATIENCE))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "QUOTA, 10, critical, DOWN: a quota of the Neon project is used up",
        "COMPUTE_LIMIT, 11, critical, DOWN: the Neon project may not have more computes active",
        "ENDPOINT_DISABLED, 12, critical, DOWN: the Neon endpoint is disabled",
        "WRONG_PASSWORD, 13, critical, 'DOWN: the server refuses the user, the password or the database'",
        "CONTROL_PLANE, 14, bad, WAKING: Neon's control plane does not answer",
        "RATE_LIMIT, 15, bad, SATURATED: Neon limits how many connections are made at once",
        "POOLER_FULL, 16, bad, SATURATED: the pooler takes no more clients"
    })
    void logins_refused(LoginRefusal reason, int order, String level, String begin) {
        try (FaultyServer own = FaultyServer.start(Duration.ofMillis(300))) {
            told(
                    own,
                    order,
                    "logins refused: `" + reason.text() + "`",
                    level,
                    Pattern.quote(begin) + ".*",
                    new Fault.RefuseLogins(reason, null),
                    new Fault.CutConnections());
        }
    }

    @Test
    void a_black_hole() {
        told(
                SERVER,
                20,
                "black hole: all packets swallowed",
                "critical",
                "DOWN: the server cannot be reached; for .*",
                new Fault.BlackHole());
    }

    @Test
    void queries_reset() {
        told(
                SERVER,
                21,
                "every 25th query reset before its answer",
                "bad|notice",
                "READY, but this process (does .* of its work twice|sees .* of its work fail): the connection broke.*",
                new Fault.ResetQueries(25, null));
    }

    @Test
    void slots_taken_by_another() {
        try (FaultyServer own = FaultyServer.start(Duration.ofMillis(300))) {
            own.inject(new Fault.SlotsTaken(1_000));
            JsonNode seen = told(
                    own,
                    22,
                    "all other connections taken by `etl`",
                    "bad",
                    "SATURATED: \\d+ of \\d+ slots are held by `etl`; this process holds \\d+.*");
            List<Integer> figures = FIGURE.matcher(seen.at("/sentence").asText())
                    .results()
                    .limit(3)
                    .map(figure -> Integer.valueOf(figure.group()))
                    .toList();
            assertThat(figures.get(0) + figures.get(2))
                    .as("theirs and ours are all that there are: " + seen)
                    .isEqualTo(figures.get(1));
            assertThat(seen.at("/next").asText()).startsWith("Ask `etl` to release connections");
        }
    }

    @Test
    void a_lock() throws Exception {
        try (Readers readers = SERVER.readersWhoDoNotAsk(10);
                Connection other = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = other.createStatement()) {
            readers.await(10, Sample::served);
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation IN SHARE MODE");
            row(
                    23,
                    "a lock on a hot table blocks all writes",
                    verdict(
                            SERVER,
                            "bad",
                            "READY, but this process sees .* of its work fail: the (statement was canceled|server did not answer).*"));
            other.rollback();
        }
    }

    @Test
    void read_only() {
        told(
                SERVER,
                24,
                "read-only (25006)",
                "bad",
                "READ-ONLY: the server takes no writes.*; reads go on, writes are refused since .*",
                new Fault.ReadOnly());
    }

    @Test
    void a_full_disk() {
        told(
                SERVER,
                25,
                "disk full (53100)",
                "bad",
                "READ-ONLY: the disk or the Neon project's storage is full; .*",
                new Fault.DiskFull());
    }

    @Test
    void a_pooler_whose_queue_times_out() {
        try (FaultyServer own = FaultyServer.startPooled()) {
            told(
                    own,
                    26,
                    "pooler's queue times out (08P01)",
                    "bad",
                    "SATURATED: the pooler had no connection to the server for too long.*",
                    new Fault.QueueTimeout(null));
        }
    }

    @Test
    void a_flood() {
        GatewaySettings far =
                GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withRoundTripDelay(Duration.ofMillis(40));
        try (FaultyServer own = FaultyServer.start(far, Map.of("database.maximumPoolSize", "4"));
                Flood flood = new Flood(own.lectern().url());
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            thread.execute(() -> flood.at(1_000, Duration.ofSeconds(10), 5));
            row(
                    27,
                    "a flood of ten times what the pool can serve",
                    verdict(
                            own,
                            "bad",
                            "READY, but this process refuses .* %: all connections of this process are in use.*"));
        }
    }

    @Test
    void a_slow_language_model() {
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                FaultyServer own = FaultyServer.start(
                        GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO),
                        Map.of(
                                "llm.model",
                                "openai",
                                "llm.openai.baseUrl",
                                model.baseUrl().toString()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            model.answersAfter(Duration.ofSeconds(9), "A permit is the right to use one connection [1].");
            IntStream.range(0, 3)
                    .forEach(_ -> threads.execute(() -> {
                        try (LecternClient reader = own.lectern().reader()) {
                            reader.ask(reader.converse("pools"), "What is a permit?");
                        }
                    }));
            row(
                    28,
                    "a language model that answers after 9 s",
                    verdict(
                            own,
                            "notice",
                            "READY, but the language model takes (9|1\\d).* s or longer for half the requests to `POST .*"));
        }
    }

    @Test
    void a_pause() {
        try (OperatorClient operator = new OperatorClient(SERVER.lectern())) {
            assertThat(operator.act("pause", "{\"seconds\": 60}").status()).isEqualTo(200);
            row(
                    29,
                    "none; an operator has paused all use",
                    verdict(SERVER, "notice", "PAUSED: by an operator's will all work is refused until .* UTC\\."));
            assertThat(operator.act("resume", "{}").status()).isEqualTo(200);
        }
    }

    /// What is said while readers come, and faults happen to them.
    private static JsonNode told(
            FaultyServer server, int order, String what, String level, String sentence, Fault... faults) {
        try (Readers readers = server.readersWhoDoNotAsk(10)) {
            readers.await(10, Sample::served);
            Stream.of(faults).forEach(server::inject);
            JsonNode seen = verdict(server, level, sentence);
            row(order, what, seen);
            return seen;
        }
    }

    /// Waits until it is said.
    private static JsonNode verdict(FaultyServer server, String level, String sentence) {
        Set<String> others = new LinkedHashSet<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (OperatorClient operator = new OperatorClient(server.lectern())) {
            while (true) {
                JsonNode seen = operator.get("/api/snapshot").json().at("/verdict");
                String said = seen.at("/sentence").asText();
                if (said.matches(sentence) && seen.at("/level").asText().matches(level)) {
                    return seen;
                }
                others.add(
                        seen.at("/level").asText() + " " + FIGURE.matcher(said).replaceAll("N"));
                assertThat(System.nanoTime()).as("said instead: " + others).isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private static void row(int order, String fault, JsonNode seen) {
        VerdictTable.row(
                order,
                fault,
                seen.at("/level").asText(),
                seen.at("/sentence").asText(),
                seen.path("next").isTextual() ? seen.at("/next").asText() : "–");
    }
}
