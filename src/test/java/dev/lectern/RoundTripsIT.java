package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The budget of `docs/architecture.md`, counted on the wire between the application and PostgreSQL.
class RoundTripsIT {

    private static WireTap tap;
    private static LecternServer lectern;
    private static LecternClient reader;
    private static String conversation;
    private static final AtomicReference<Duration> IDLE = new AtomicReference<>(Duration.ZERO);

    /// HikariCP looks at a connection that was idle for longer than this; with zero, at each.
    private static final String TRUSTED_FOR = "com.zaxxer.hikari.aliveBypassWindowMs";

    @BeforeAll
    static void start() {
        System.setProperty(TRUSTED_FOR, "0");
        tap = WireTap.open("127.0.0.1", TestPostgres.port());
        String database =
                TestPostgres.url(TestPostgres.freshDatabase(), tap.port()).database();
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + database + "?sslmode=disable",
                        // Warm-up has statements of its own: WarmupIT.
                        Map.of(
                                "database.maximumPoolSize", "1",
                                "warmup.policy", "off",
                                "warmup.earlyWake", "false",
                                "limits.enabled", "true"),
                        () -> Instant.now().plus(IDLE.get()))
                .withPoolsBook();
        reader = lectern.reader();
        conversation = reader.converse("pools");
    }

    @AfterAll
    static void stop() {
        reader.close();
        lectern.close();
        tap.close();
        System.clearProperty(TRUSTED_FOR);
    }

    @Test
    void books_and_search_cost_none() {
        assertThat(roundTrips(() -> reader.get("/books"))).isZero();
        assertThat(roundTrips(() -> reader.get("/books/pools"))).isZero();
        assertThat(roundTrips(() -> reader.get("/books/pools/chapters/pools"))).isZero();
        assertThat(roundTrips(() -> reader.get("/search?q=permit&book=pools"))).isZero();
    }

    @Test
    void a_token_costs_none() {
        assertThat(roundTrips(() -> reader.post("/readers", "{}"))).isZero();
    }

    @Test
    void conversations_messages_and_feedback_cost_one() {
        String answer =
                reader.ask(conversation, "What is a permit?").json().at("/id").asText();

        assertThat(roundTrips(() -> reader.post("/conversations", "{\"book\": \"pools\"}")))
                .isOne();
        assertThat(roundTrips(() -> reader.get("/conversations"))).isOne();
        assertThat(roundTrips(() -> reader.get("/conversations/" + conversation)))
                .isOne();
        assertThat(roundTrips(() -> reader.patch("/conversations/" + conversation, "{\"title\": \"Pools\"}")))
                .isOne();
        assertThat(roundTrips(() -> reader.get("/conversations/" + conversation + "/messages")))
                .isOne();
        assertThat(roundTrips(() -> reader.put("/messages/" + answer + "/feedback", "{\"rating\": \"like\"}")))
                .isOne();
        String other = reader.converse("pools");
        assertThat(roundTrips(() -> reader.delete("/conversations/" + other))).isOne();
        try (LecternClient another = lectern.reader()) {
            another.converse("pools");
            assertThat(roundTrips(() -> another.get("/readers/me/export"))).isOne();
            assertThat(roundTrips(() -> another.delete("/readers/me"))).isOne();
        }
    }

    @Test
    void asking_costs_two() {
        assertThat(roundTrips(() -> reader.ask(conversation, "What is a permit?")))
                .isEqualTo(2);
        assertThat(roundTrips(() -> reader.ask(conversation, "What is a pool?", "Idempotency-Key", "a-key")))
                .isEqualTo(2);
        assertThat(roundTrips(() -> reader.post("/chat", "{\"query\": \"What is a permit?\", \"book_id\": \"pools\"}")))
                .isEqualTo(2);
    }

    @Test
    void a_repeated_question_costs_one() {
        reader.ask(conversation, "What is a compute?", "Idempotency-Key", "another-key");

        assertThat(roundTrips(() -> reader.ask(conversation, "What is a compute?", "Idempotency-Key", "another-key")))
                .isOne();
    }

    @Test
    void after_ten_idle_minutes_the_first_request_costs_the_same() {
        afterTenIdleMinutes(1, () -> reader.get("/conversations/" + conversation + "/messages"));
        afterTenIdleMinutes(1, () -> reader.get("/conversations"));
        afterTenIdleMinutes(1, () -> reader.post("/conversations", "{}"));
        afterTenIdleMinutes(2, () -> reader.ask(conversation, "What is a permit?"));
        afterTenIdleMinutes(0, () -> reader.get("/search?q=permit"));
    }

    private static void afterTenIdleMinutes(int expected, Supplier<LecternClient.Reply> request) {
        IDLE.updateAndGet(idle -> idle.plusMinutes(10));
        assertThat(roundTrips(request)).isEqualTo(expected);
    }

    @Test
    void what_is_not_valid_costs_none() {
        assertThat(roundTrips(() -> reader.ask(conversation, " "), 400)).isZero();
        assertThat(roundTrips(() -> reader.post("/conversations", "{\"title\": 5}"), 400))
                .isZero();
        assertThat(roundTrips(() -> reader.post("/conversations", "{\"title\": \"a\", \"title\": \"b\"}"), 400))
                .isZero();
        assertThat(roundTrips(() -> reader.post("/conversations", "not compressed", "Content-Encoding", "gzip"), 400))
                .isZero();
        assertThat(roundTrips(() -> reader.get("/books/pools", "Accept", ";;;"), 400))
                .isZero();
        assertThat(roundTrips(() -> reader.post("/conversations", "{\"colour\": 1}"), 400))
                .isZero();
        assertThat(roundTrips(() -> reader.get("/conversations?limit=1000"), 400))
                .isZero();
    }

    private static int roundTrips(Supplier<LecternClient.Reply> request) {
        return roundTrips(request, 0);
    }

    /// @param refused the status of the refusal; 0 for any success
    private static int roundTrips(Supplier<LecternClient.Reply> request, int refused) {
        tap.reset();
        LecternClient.Reply reply = request.get();
        if (refused == 0) {
            assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
        } else {
            assertThat(reply.status()).as(reply.body()).isEqualTo(refused);
        }
        assertThat(tap.counts().statements()).noneMatch(sql -> sql.isBlank() || sql.startsWith("BEGIN"));
        assertThat(tap.counts().logins()).isZero();
        return tap.counts().roundTrips();
    }
}
