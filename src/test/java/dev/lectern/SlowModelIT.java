package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fifty readers wait for a language model, with a pool of four connections.
@Tag("alone")
class SlowModelIT {

    private static final int READERS = 50;
    private static final int REQUESTS = 200;

    @Test
    void whoever_waits_for_the_model_holds_no_connection_and_slows_nobody_down() throws Exception {
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                LecternServer lectern = LecternServer.start(
                                "postgresql://postgres:postgres@127.0.0.1:" + TestPostgres.port() + "/"
                                        + TestPostgres.freshDatabase(),
                                Map.of(
                                        "database.maximumPoolSize", "4",
                                        "llm.model", "openai",
                                        "llm.openai.baseUrl", model.baseUrl().toString()))
                        .withPoolsBook();
                LecternClient other = lectern.reader();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String conversation = other.converse("pools");
            Supplier<LecternClient.Reply> history = () -> other.get("/conversations/" + conversation + "/messages");
            double before = p95(history);

            List<Callable<JsonNode>> questions = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                LecternClient reader = lectern.reader();
                String own = reader.converse("pools");
                questions.add(() -> {
                    try (reader) {
                        return reader.ask(own, "What is a permit?").json();
                    }
                });
            }
            model.stallsAfter("A permit is ");
            List<Future<JsonNode>> answers =
                    questions.stream().map(threads::submit).toList();
            model.awaitOpenCalls(READERS);

            assertThat(gauge(lectern, "neon.pool.active")).isZero();
            assertThat(gauge(lectern, "neon.permits.out")).isZero();
            double during = p95(history);
            assertThat(gauge(lectern, "neon.pool.active")).isZero();

            model.release();
            for (Future<JsonNode> answer : answers) {
                assertThat(answer.get().at("/saved").asBoolean()).isTrue();
            }
            System.out.printf(
                    "%d readers wait for the model, pool of 4: p95 of reading a history %.1f ms before, %.1f ms meanwhile%n",
                    READERS, before, during);
            assertThat(during).isLessThan(200);
            model.awaitOpenCalls(0);
        }
    }

    /// Milliseconds.
    private static double p95(Supplier<LecternClient.Reply> request) {
        long[] nanos = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long start = System.nanoTime();
            assertThat(request.get().status()).isEqualTo(200);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[REQUESTS * 95 / 100] / 1e6;
    }

    private static int gauge(LecternServer lectern, String name) {
        Gauge<?> gauge = Objects.requireNonNull(lectern.metrics().getGauges().get(name));
        return ((Number) gauge.getValue()).intValue();
    }
}
