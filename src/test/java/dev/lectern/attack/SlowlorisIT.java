package dev.lectern.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Five hundred sockets that say nothing, or a byte of a head or of blank lines at a time, each followed by another
/// when the server has ended it, and fifty readers beside them. `SlowlorisFaultIT` does the same to the times of an
/// installation.
@Timeout(90)
@Tag("alone")
class SlowlorisIT {

    private static final int SOCKETS = 500;
    private static final int READERS = 50;
    private static final int MOST_BYTES = 100;

    /// Requests without a pause, which have the JVM compile what they go through.
    private static final int WARM_UP = 1_000;

    /// Requests after those, which tell how fast readers are served without the sockets.
    private static final int CALM = 200;

    /// Requests while the sockets are there: some eight seconds of them, in which each socket is replaced three times.
    private static final int BESIDE = 400;

    private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);
    /// On average: readers do not come in waves.
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);
    private static final Duration BAR = Duration.ofMillis(200);
    private static final Duration MOST = Duration.ofSeconds(2);

    /// Twice the bound: half of it passes between two looks, and the rest is for a busy machine.
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(4);

    /// What sockets say in turn: nothing at all, a head, or blank lines, which may come before a head.
    private static final List<ByteBuffer> KINDS = List.of(
            ByteBuffer.allocate(0),
            StandardCharsets.US_ASCII.encode(
                    "GET /api/v1/books HTTP/1.1\r\nHost: books.example\r\nX-Slow: " + "a".repeat(MOST_BYTES)),
            StandardCharsets.US_ASCII.encode("\r\n".repeat(MOST_BYTES)));

    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /// A request of a reader.
    ///
    /// @param start by [System#nanoTime()]
    /// @param status 0 where the connection broke
    private record Read(long start, Duration took, int status) {}

    @Test
    void readers_are_served_as_ever_and_every_socket_is_ended() throws Exception {
        long begin;
        Attack attack;
        try (LecternServer lectern = LecternServer.start(
                                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                                Map.of(
                                        "connections.headTimeout",
                                        MOST.toSeconds() + "s",
                                        "server.applicationConnectors[0].idleTimeout",
                                        MOST.toSeconds() + "s"))
                        .withPoolsBook();
                LecternClient first = lectern.reader();
                HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Closeable _ = () -> over = true) {
            List<URI> pages = pages(lectern, first);
            CountDownLatch warm = new CountDownLatch(WARM_UP + CALM);
            for (int i = 0; i < READERS; i++) {
                threads.execute(() -> read(http, first, pages, warm));
            }
            assertThat(warm.await(45, TimeUnit.SECONDS)).isTrue();
            begin = System.nanoTime();
            attack = dawdle(lectern.url().getPort(), reads.size() + BESIDE);
        }

        assertThat(attack.longest()).isLessThan(ENDED_WITHIN);
        assertThat(attack.sockets()).isGreaterThan(2 * SOCKETS);
        List<Read> beside =
                reads.stream().filter(read -> read.start() - begin > 0).toList();
        assertThat(beside)
                .hasSizeGreaterThan(BESIDE - READERS)
                .extracting(Read::status)
                .containsOnly(200);
        List<Read> before = reads.stream()
                .filter(read -> read.start() - begin < 0)
                .skip(WARM_UP + READERS)
                .toList();
        System.out.printf(
                "p95 of 50 readers: %d ms, beside 500 slow sockets %d ms%n",
                percentile(before).toMillis(), percentile(beside).toMillis());
        assertThat(percentile(beside)).isLessThan(BAR);
    }

    /// Within which 95 of 100 were answered.
    private static Duration percentile(List<Read> reads) {
        List<Duration> times = reads.stream().map(Read::took).sorted().toList();
        return times.get(times.size() * 95 / 100);
    }

    /// A chapter, a search and the history of a conversation.
    private static List<URI> pages(LecternServer lectern, LecternClient reader) {
        String conversation = reader.converse("pools");
        assertThat(reader.ask(conversation, "What is a permit?").status()).isEqualTo(200);
        return List.of(
                lectern.url().resolve("/api/v1/books/pools/chapters/pools"),
                lectern.url().resolve("/api/v1/search?q=permit"),
                lectern.url().resolve("/api/v1/conversations/" + conversation + "/messages"));
    }

    private void read(HttpClient http, LecternClient reader, List<URI> pages, CountDownLatch warm) {
        for (int i = 0; !over; i++) {
            HttpRequest request = HttpRequest.newBuilder(pages.get(i % pages.size()))
                    .header("Authorization", "Bearer " + reader.token())
                    .build();
            long start = System.nanoTime();
            int status = status(http, request);
            reads.add(new Read(start, Duration.ofNanos(System.nanoTime() - start), status));
            warm.countDown();
            if (warm.getCount() <= CALM) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * BETWEEN_REQUESTS.toNanos()));
            }
        }
    }

    private static int status(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// What was done to the server.
    ///
    /// @param sockets how many were opened in all
    /// @param longest for which one of them was left open
    private record Attack(int sockets, Duration longest) {}

    /// None is replaced any more when there are as many reads as that, and nothing is waited for any more when one was
    /// left open for too long.
    private Attack dawdle(int port, int enough) throws IOException {
        List<Dawdler> open = new ArrayList<>();
        int sockets = 0;
        Duration longest = Duration.ZERO;
        try {
            boolean attacking = true;
            Stopwatch stopwatch = new Stopwatch();
            while (longest.compareTo(ENDED_WITHIN) < 0 && (attacking || !open.isEmpty())) {
                attacking = reads.size() < enough;
                Duration now = stopwatch.look();
                for (; attacking && open.size() < SOCKETS; sockets++) {
                    open.add(Dawdler.at(
                            port, now, KINDS.get(sockets % KINDS.size()).duplicate()));
                }
                for (Dawdler each : List.copyOf(open)) {
                    longest = Collections.max(List.of(longest, now.minus(each.opened())));
                    if (each.isEnded()) {
                        open.remove(each);
                    }
                }
                LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
            }
            return new Attack(sockets, longest);
        } finally {
            for (Dawdler each : open) {
                each.socket.close();
            }
        }
    }

    /// What of the time passes while this machine lets the process run: the server, in the same one, cannot act in the
    /// rest.
    private static final class Stopwatch {

        private static final Duration MOST = BETWEEN_BYTES.multipliedBy(2);

        private Duration total = Duration.ZERO;
        private long last = System.nanoTime();

        /// What has passed until now. Since it was looked at last, no more counts than a round takes.
        Duration look() {
            long now = System.nanoTime();
            Duration passed = Duration.ofNanos(now - last);
            last = now;
            total = total.plus(passed.compareTo(MOST) > 0 ? MOST : passed);
            return total;
        }
    }

    /// One of those sockets.
    ///
    /// @param opened by the stopwatch of all
    /// @param rest what it has yet to say
    private record Dawdler(SocketChannel socket, Duration opened, ByteBuffer rest) {

        static Dawdler at(int port, Duration opened, ByteBuffer words) throws IOException {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.configureBlocking(false);
            return new Dawdler(socket, opened, words);
        }

        /// Says the next byte. A write or a read tells whether the server has ended the connection.
        boolean isEnded() {
            try {
                if (rest.hasRemaining()) {
                    socket.write(rest.slice(rest.position(), 1));
                    rest.get();
                }
                if (socket.read(ByteBuffer.allocate(4096)) >= 0) {
                    return false;
                }
                socket.close();
            } catch (IOException e) {
                return true;
            }
            return true;
        }
    }
}
