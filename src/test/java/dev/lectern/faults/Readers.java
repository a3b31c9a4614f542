package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Readers who read and write until they are told to stop, each noting what it got.
final class Readers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// A refused reader does not ask again at once.
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    /// The deadline of a request, and the tenth of a second that a reply may be late.
    private static final Duration LATEST = Duration.ofMillis(2500 + 100);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Asker> askers = new ArrayList<>();
    private volatile boolean over;

    private Readers() {}

    /// Readers of a server.
    ///
    /// @param count how many
    /// @param writes one request in so many writes
    /// @param thinkTime between two requests of one reader
    static Readers of(URI server, int count, int writes, Duration thinkTime) {
        Readers all = new Readers();
        for (int i = 0; i < count; i++) {
            all.readers.add(new Reader(all.http, server));
        }
        for (Reader reader : all.readers) {
            all.threads.execute(() -> all.go(reader, writes, thinkTime));
        }
        return all;
    }

    private void go(Reader reader, int writes, Duration thinkTime) {
        // A request that is not acknowledged is made again, as a client does that wants it done.
        String key = UUID.randomUUID().toString();
        for (int i = 0; !over && !Thread.currentThread().isInterrupted(); i++) {
            boolean writing = i % writes == writes - 1;
            Sample last = writing ? reader.write(key) : reader.read();
            samples.add(last);
            if (writing && last.served()) {
                key = UUID.randomUUID().toString();
            }
            LockSupport.parkNanos(last.served() ? thinkTime.toNanos() : AFTER_REFUSAL.toNanos());
        }
    }

    /// Waits until so many more requests of a kind were answered.
    void await(int more, Predicate<Sample> condition) {
        long wanted = samples.stream().filter(condition).count() + more;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (samples.stream().filter(condition).count() < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the readers did not get " + more + " more such answers: "
                        + samples.stream().map(Sample::status).distinct().toList());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// Waits until some hundred requests were served, half a second's worth or more.
    void awaitCalm() {
        await(200, Sample::served);
    }

    Samples soFar() {
        return new Samples(List.copyOf(samples));
    }

    /// Adds one who asks. What he is answered is none of the samples.
    Readers andOneWhoAsks(URI server) {
        Asker one = new Asker(new Reader(http, server));
        askers.add(one);
        threads.execute(() -> {
            while (!over && !Thread.currentThread().isInterrupted()) {
                one.ask();
                LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            }
        });
        return this;
    }

    /// Ends, and waits for what is under way.
    Samples stop() {
        over = true;
        threads.close();
        return soFar();
    }

    /// What holds whatever the fault was: nothing that was acknowledged is lost, nothing is doubled, no reply is late,
    /// and no answer that is not saved goes unmarked.
    void assertNothingLost() {
        assertThat(lost()).as("acknowledged writes that are lost").isZero();
        assertThat(doubled()).as("writes that were done twice").isZero();
        assertThat(soFar().where(sample -> sample.status() != 0).percentile(1))
                .as("the latest reply")
                .isLessThanOrEqualTo(LATEST);
        askers.forEach(Asker::assertHonest);
    }

    /// Conversations and answers that were acknowledged and are not there.
    long lost() {
        return readers.stream().mapToLong(Reader::lost).sum()
                + askers.stream().mapToLong(Asker::lost).sum();
    }

    /// Conversations, questions and answers that are there more than once.
    long doubled() {
        return readers.stream().mapToLong(Reader::doubled).sum()
                + askers.stream().mapToLong(Asker::doubled).sum();
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        http.close();
    }
}
