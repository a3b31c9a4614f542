package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left of a day, over real HTTP, and that the next day has all of it again.
class QuotasIT {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T22:00:00Z"));
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
    void whose_questions_are_spent_is_refused_without_a_round_trip_until_midnight() {
        try (LecternServer lectern = lectern(Map.of("limits.daily.caller", "2"));
                LecternClient reader = lectern.reader();
                LecternClient other = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String conversation = reader.converse("pools");
            assertThat(reader.ask(conversation, "").status()).isEqualTo(400);
            Reply first = reader.ask(conversation, "What is a permit?");
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(first.header("RateLimit")).contains("\"caller-questions\";r=1;t=7200");
            List<Event> stream = reader.stream(conversation, "What is a permit?");
            assertThat(stream.getLast().name()).isEqualTo("done");

            tap.reset();
            Reply refused = reader.ask(conversation, "What is a permit?");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().at("/type").asText()).isEqualTo("urn:lectern:problem:quota-exhausted");
            assertThat(refused.header("RateLimit")).contains("\"caller-questions\";r=0;t=7200");
            assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                    .isBetween(7_200, 7_260);
            try (LecternClient.EventStream streamed = reader.open(conversation, "What is a permit?")) {
                assertThat(streamed.status()).isEqualTo(429);
            }
            assertThat(reader.post("/chat", "{\"query\": \"What is a permit?\"}")
                            .status())
                    .isEqualTo(429);
            assertThat(tap.counts().roundTrips()).isZero();
            assertThat(reader.get("/search?q=permit").status()).isEqualTo(200);
            assertThat(other.ask(other.converse("pools"), "What is a permit?").status())
                    .isEqualTo(200);
            assertThat(operator.get("/metrics").body())
                    .contains("lectern_requests_limited_total{limit=\"caller-questions\"} 3.0");

            now.set(Instant.parse("2026-11-30T00:00:00Z"));
            assertThat(reader.ask(conversation, "What is a permit?").status()).isEqualTo(200);
        }
    }

    @Test
    void a_repeat_costs_nothing_and_is_answered_also_when_no_question_is_left() {
        try (LecternServer lectern = lectern(Map.of("limits.daily.caller", "2"));
                LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String conversation = reader.converse("pools");
            Reply first = reader.ask(conversation, "What is a permit?", "Idempotency-Key", "first");
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(id(reader.ask(conversation, "What is a permit?", "Idempotency-Key", "first")))
                        .isEqualTo(id(first));
            }
            List<Event> last = reader.stream(conversation, "What is a pool?", "Idempotency-Key", "last");
            assertThat(last.getLast().name()).isEqualTo("done");
            assertThat(reader.ask(conversation, "What is a pool?").status()).isEqualTo(429);

            assertThat(id(reader.ask(conversation, "What is a permit?", "Idempotency-Key", "first")))
                    .isEqualTo(id(first));
            assertThat(reader.stream(conversation, "What is a pool?", "Idempotency-Key", "last")
                            .getLast()
                            .data())
                    .isEqualTo(last.getLast().data());
            assertThat(reader.stream(
                                    conversation,
                                    "What is a pool?",
                                    "Last-Event-ID",
                                    last.getFirst().id())
                            .getLast()
                            .name())
                    .isEqualTo("done");
            Reply another = reader.ask(conversation, "What is a wake?", "Idempotency-Key", "another");
            assertThat(another.status()).isEqualTo(429);
            assertThat(another.json().at("/type").asText()).isEqualTo("urn:lectern:problem:quota-exhausted");
            // The key is not taken by what was refused.
            now.set(Instant.parse("2026-11-30T00:00:00Z"));
            assertThat(reader.ask(conversation, "What is a wake?", "Idempotency-Key", "another")
                            .status())
                    .isEqualTo(200);
            assertThat(operator.get("/metrics").body())
                    .contains("lectern_requests_limited_total{limit=\"caller-questions\"} 2.0");
        }
    }

    @Test
    void many_readers_at_one_address_have_no_more_questions_than_the_address() {
        try (LecternServer lectern = lectern(Map.of("limits.daily.address", "3"))) {
            for (int i = 0; i < 5; i++) {
                try (LecternClient reader = lectern.reader()) {
                    assertThat(reader.post("/chat", "{\"query\": \"What is a permit?\"}")
                                    .status())
                            .isEqualTo(i < 3 ? 200 : 429);
                }
            }
        }
    }

    @Test
    void who_has_spent_the_tokens_of_one_caller_gets_sentences_of_the_book_while_the_model_is_well() {
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                LecternServer lectern = withHundredTokens("limits.daily.callerTokens", model);
                LecternClient greedy = lectern.reader();
                LecternClient other = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            answersForAHundredTokens(model);
            String conversation = greedy.converse("pools");
            assertThat(greedy.ask(conversation, "What is a permit?").json().has("degraded"))
                    .isFalse();

            Reply degraded = greedy.ask(conversation, "What is a permit?");
            assertThat(degraded.status()).isEqualTo(200);
            assertThat(degraded.json().at("/model").asText()).isEqualTo("extractive");
            assertThat(degraded.json().at("/degraded/reason").asText()).isEqualTo("language-model-budget-spent");
            assertThat(degraded.json().at("/degraded/retry_after").asInt()).isEqualTo(7_200);
            assertThat(model.requests()).hasSize(1);
            assertThat(operator.get("/healthcheck").body()).doesNotContain("tokens of the day are spent");

            assertThat(other.ask(other.converse("pools"), "What is a permit?")
                            .json()
                            .has("degraded"))
                    .isFalse();
        }
    }

    @Test
    void once_the_sites_tokens_are_spent_answers_are_sentences_of_the_book_until_midnight() {
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                LecternServer lectern = withHundredTokens("limits.daily.tokens", model);
                LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            answersForAHundredTokens(model);
            String conversation = reader.converse("pools");
            Reply written = reader.ask(conversation, "What is a permit?");
            assertThat(written.json().at("/content").asText()).isEqualTo("The model's answer [1].");
            assertThat(written.json().has("degraded")).isFalse();

            Reply degraded = reader.ask(conversation, "What is a permit?");
            assertThat(degraded.status()).isEqualTo(200);
            assertThat(degraded.json().at("/model").asText()).isEqualTo("extractive");
            assertThat(degraded.json().at("/degraded/reason").asText()).isEqualTo("language-model-budget-spent");
            assertThat(degraded.json().at("/degraded/retry_after").asInt()).isEqualTo(7_200);
            assertThat(degraded.json().at("/saved").asBoolean()).isTrue();
            assertThat(degraded.json().at("/content").asText()).contains("right to use one connection");
            assertThat(model.requests()).hasSize(1);
            assertThat(operator.get("/metrics").body())
                    .contains("lectern_model_tokens_total{counted_by=\"provider\"} 100.0")
                    .contains("lectern_answers_degraded_total{reason=\"language-model-budget-spent\"} 1.0")
                    .doesNotContain("outcome=\"failed\"");
            assertThat(operator.get("/healthcheck").body()).contains("the day's tokens are spent");

            now.set(Instant.parse("2026-11-30T00:00:00Z"));
            assertThat(reader.ask(conversation, "What is a permit?").json().has("degraded"))
                    .isFalse();
        }
    }

    private static String id(Reply answer) {
        return answer.json().at("/id").asText();
    }

    private LecternServer withHundredTokens(String quota, StubLanguageModelServer model) {
        return lectern(Map.of(
                quota,
                "100",
                "llm.model",
                "openai",
                "llm.openai.baseUrl",
                model.baseUrl().toString()));
    }

    private static void answersForAHundredTokens(StubLanguageModelServer model) {
        model.sends(
                StubLanguageModelServer.piece("The model's answer [1]."),
                StubLanguageModelServer.end("stop"),
                "{\"id\":\"stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\",\"choices\":[],"
                        + "\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":10,\"total_tokens\":100}}",
                "[DONE]");
    }

    private LecternServer lectern(Map<String, String> overrides) {
        Map<String, String> all =
                new HashMap<>(Map.of("limits.enabled", "true", "warmup.policy", "off", "warmup.earlyWake", "false"));
        all.putAll(overrides);
        return LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + TestPostgres.freshDatabase()
                                + "?sslmode=disable",
                        all,
                        now::get)
                .withPoolsBook();
    }
}
