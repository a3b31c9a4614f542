package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Code of ours keeps a connection and waits for something that is not the database. No endpoint does so; hence the
/// culprit is the test.
@Tag("faults")
class LeakFaultIT {

    private static final Duration THRESHOLD = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whoever_keeps_a_connection_is_found_where_it_waits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<StackTraceElement[]> found = new CompletableFuture<>();
        NeonListener listener = new NeonListener() {
            @Override
            public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
                found.complete(stack);
            }
        };
        try (FaultyServer server = FaultyServer.start(Duration.ofMillis(300));
                NeonDatabase neon = new NeonDatabase(
                        NeonSettings.of(NeonUrl.parse(server.jdbcUrl()))
                                .withVigilance(
                                        new Vigilance(Duration.ofSeconds(30), Duration.ofMillis(250), THRESHOLD)),
                        listener,
                        Preparation.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            Future<Integer> leak = threads.submit(() -> neon.read(
                    Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> waitForALanguageModel(release)));
            StackTraceElement[] stack = found.get();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            release.countDown();
            assertThat(leak.get()).isZero();

            boolean named =
                    Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("waitForALanguageModel"));
            FaultReport.row(
                    33,
                    "a leak: work keeps a connection and waits for something else",
                    "found, with the stack of who leaks, ≤ the leak threshold",
                    "found after %s at a threshold of 1 s; the stack %s"
                            .formatted(ms(took), named ? "names who waits" : "names somebody else"),
                    getClass());
            assertThat(named).isTrue();
            assertThat(took).isLessThanOrEqualTo(THRESHOLD.plusMillis(500));
            assertThat(neon.snapshot().permits()).isZero();
            assertThat(neon.snapshot().active()).isZero();
        }
    }

    private static int waitForALanguageModel(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
