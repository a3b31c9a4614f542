package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who holds answers of a language model that takes its time, and what is left for the others, over real HTTP.
class AnswerSharesIT {

    private static final String CHAT = "{\"query\": \"What is a permit?\"}";

    /// What an answer in the making may hold: a room of 400 has half of a heap of 512 MB, at most.
    private static final long MOST_BYTES = 640_000;

    private StubLanguageModelServer model;

    @BeforeEach
    void start() {
        model = new StubLanguageModelServer();
        model.stallsAfter("A permit ");
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void who_holds_as_many_answers_as_one_may_is_refused_another_and_others_are_answered() throws Exception {
        try (LecternServer lectern = lectern(Map.of("limits.answers.caller", "3"));
                LecternClient greedy = lectern.reader();
                LecternClient other = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String conversation = greedy.converse("pools");
            List<EventStream> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                held.add(greedy.open(conversation, "What is a permit?"));
            }
            model.awaitOpenCalls(3);

            Reply refused = greedy.ask(conversation, "What is a permit?");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().at("/type").asText()).isEqualTo("urn:lectern:problem:rate-limited");
            assertThat(refused.json().at("/detail").asText()).contains("answers in the making");
            assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                    .isBetween(1, 3);
            assertThat(greedy.post("/chat", CHAT).status()).isEqualTo(429);
            try (EventStream stream = greedy.open(conversation, "What is a permit?")) {
                assertThat(stream.status()).isEqualTo(429);
            }
            assertThat(greedy.get("/search?q=permit").status()).isEqualTo(200);
            assertThat(operator.get("/metrics").body())
                    .contains("lectern_requests_limited_total{limit=\"caller-answers\"} 3.0");

            try (EventStream answered = other.open(other.converse("pools"), "What is a permit?")) {
                assertThat(answered.status()).isEqualTo(200);
                model.awaitOpenCalls(4);
            }
            // Whose reader has gone is ended.
            model.awaitOpenCalls(3);
            held.getFirst().close();
            model.awaitOpenCalls(2);
            model.answers("A permit is a right [1].");
            assertThat(askUntilLetIn(greedy, conversation).status()).isEqualTo(200);
            held.forEach(EventStream::close);
        }
    }

    @Test
    void two_hundred_readers_without_a_token_behind_one_address_are_served_and_leave_room_for_others()
            throws Exception {
        try (LecternServer lectern = lectern(Map.of("limits.trustedProxies", "127.0.0.0/8"));
                LecternClient client = new LecternClient(lectern.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            model.answers("A permit is a right [1].");
            assertThat(client.post("/chat", CHAT, "X-Forwarded-For", "203.0.113.1")
                            .status())
                    .isEqualTo(200);
            model.stallsAfter("A permit ");
            long before = heap();
            List<Future<Reply>> classroom = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                classroom.add(threads.submit(() -> client.post("/chat", CHAT, "X-Forwarded-For", "203.0.113.1")));
            }
            model.awaitOpenCalls(200);
            long held = (heap() - before) / 200;
            System.out.printf("An answer in the making, its client and the stub of the model: %,d bytes%n", held);
            assertThat(held).isLessThan(MOST_BYTES);

            assertThat(client.post("/chat", CHAT, "X-Forwarded-For", "203.0.113.1")
                            .status())
                    .isEqualTo(429);
            Future<Reply> elsewhere =
                    threads.submit(() -> client.post("/chat", CHAT, "X-Forwarded-For", "203.0.113.2"));
            model.awaitOpenCalls(201);

            model.release();
            for (Future<Reply> each : classroom) {
                assertThat(each.get().status()).isEqualTo(200);
            }
            assertThat(elsewhere.get().status()).isEqualTo(200);
        }
    }

    /// Bytes of the heap that are in use.
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// A call ends a moment before its answer does, which is stored after it.
    private static Reply askUntilLetIn(LecternClient reader, String conversation) {
        Reply reply = reader.ask(conversation, "What is a permit?");
        for (int i = 0; i < 1_000 && reply.status() == 429; i++) {
            reply = reader.ask(conversation, "What is a permit?");
        }
        return reply;
    }

    private LecternServer lectern(Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(Map.of(
                "limits.enabled",
                "true",
                "limits.caller",
                "off",
                "llm.model",
                "openai",
                "llm.openai.baseUrl",
                model.baseUrl().toString()));
        all.putAll(overrides);
        return LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), all)
                .withPoolsBook();
    }
}
