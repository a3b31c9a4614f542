package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.StubLanguageModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clients and language models take their time.
@Tag("faults")
class ClientFaultIT {

    private static final int SLOW = 100;

    /// How long a body may take, and something for two busy processors.
    private static final Duration PATIENCE = Duration.ofSeconds(32);

    private static final int AT_ONCE = 10;

    @Test
    void clients_that_stop_or_dawdle_in_the_midst_of_a_request_harm_nobody() throws Exception {
        try (FaultyServer server = FaultyServer.start(
                        GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO),
                        Map.of("server.applicationConnectors[0].idleTimeout", "1s"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Readers readers = server.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            List<Future<String>> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i += 2) {
                slow.add(threads.submit(sends(server.lectern().url(), Pace.NOTHING_MORE)));
                slow.add(threads.submit(sends(server.lectern().url(), Pace.A_BYTE_NOW_AND_THEN)));
            }
            int told = 0;
            for (Future<String> each : slow) {
                told += each.get().contains(" 408 ") ? 1 : 0;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            Samples others = readers.stop().since(begin);

            FaultReport.row(
                    29,
                    "%d clients, half of which stop in the midst of a body, and half send a byte now and then"
                            .formatted(SLOW),
                    "no connection held for them; 408; the others ≥ 99 % served",
                    "%d were told 408, the last after %s; %s of %d others served, p99 %s"
                            .formatted(
                                    told,
                                    ms(took),
                                    percent(others.share(Sample::served)),
                                    others.count(),
                                    ms(others.percentile(0.99))),
                    getClass());
            assertThat(told).isEqualTo(SLOW);
            assertThat(took).isLessThanOrEqualTo(PATIENCE);
            assertThat(others.share(Sample::served)).isGreaterThanOrEqualTo(0.99);
            server.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_language_model_that_does_not_answer_holds_no_connection() throws Exception {
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                FaultyServer server = FaultyServer.start(
                        GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO),
                        Map.of(
                                "database.maximumPoolSize", "4",
                                "llm.model", "openai",
                                "llm.openai.baseUrl", model.baseUrl().toString()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Readers readers = server.readersWhoDoNotAsk(20)) {
            model.stallsAfter("A permit is ");
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 1; i <= SLOW; i++) {
                answers.add(threads.submit(() -> {
                    try (LecternClient reader = server.lectern().reader()) {
                        return reader.ask(reader.converse("pools"), "What is a permit?")
                                .json()
                                .at("/saved")
                                .asBoolean();
                    }
                }));
                if (i % AT_ONCE == 0) {
                    model.awaitOpenCalls(i);
                }
            }
            long begin = System.nanoTime();
            readers.awaitCalm();
            Samples others = readers.stop().since(begin);
            long held = server.gauge("neon.pool.active");
            model.release();
            int saved = 0;
            for (Future<Boolean> answer : answers) {
                saved += answer.get() ? 1 : 0;
            }

            FaultReport.row(
                    30,
                    "a language model that stalls under %d readers, pool of 4".formatted(SLOW),
                    "no connection held for them; the others ≥ 99 % served",
                    "%d connections held; %s of %d others served, p99 %s; %d answers saved afterwards"
                            .formatted(
                                    held,
                                    percent(others.share(Sample::served)),
                                    others.count(),
                                    ms(others.percentile(0.99)),
                                    saved),
                    getClass());
            assertThat(held).isZero();
            assertThat(others.share(Sample::served)).isGreaterThanOrEqualTo(0.99);
            assertThat(saved).isEqualTo(SLOW);
            server.assertNothingLostOrLeft(readers);
        }
    }

    /// How a slow client goes on after the first part of its request.
    private enum Pace {
        NOTHING_MORE,
        A_BYTE_NOW_AND_THEN
    }

    /// Sends a part of a request, goes on at its pace, and says what it is told.
    private static Callable<String> sends(URI server, Pace pace) {
        return () -> {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.getOutputStream().write("""
                        POST /api/v1/chat HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 10000\r
                        \r
                        {"book":""".getBytes(US_ASCII));
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                while (pace == Pace.A_BYTE_NOW_AND_THEN && !in.ready()) {
                    socket.getOutputStream().write(' ');
                    LockSupport.parkNanos(100_000_000);
                }
                return Objects.requireNonNullElse(in.readLine(), "");
            } catch (IOException e) {
                return e.toString();
            }
        };
    }
}
