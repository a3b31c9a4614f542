package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.GatewaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Five hundred sockets that send a header line each few seconds, and fifty readers beside them.
@Tag("faults")
class SlowlorisFaultIT {

    private static final Logger LOG = LoggerFactory.getLogger(SlowlorisFaultIT.class);
    private static final int SOCKETS = 500;
    private static final int MOST_LINES = 30;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

    @Test
    void readers_are_served_as_ever_and_every_socket_is_ended() throws Exception {
        try (FaultyServer server =
                        FaultyServer.start(GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO), Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Readers readers = server.readersWhoDoNotAsk(50)) {
            readers.awaitCalm();
            long begin = System.nanoTime();
            List<Future<Integer>> slow = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                slow.add(threads.submit(() -> dawdle(server.lectern().url().getPort())));
            }
            int ended = 0;
            for (Future<Integer> each : slow) {
                ended += each.get() < MOST_LINES ? 1 : 0;
            }
            Samples others = readers.stop().since(begin);

            LOG.info(
                    "{} of {} sockets were ended; {} requests of others: p95 {} ms",
                    ended,
                    SOCKETS,
                    others.count(),
                    others.percentile(0.95).toMillis());
            assertThat(ended).isEqualTo(SOCKETS);
            assertThat(others.share(Sample::served)).isGreaterThanOrEqualTo(0.99);
            assertThat(others.percentile(0.95)).isLessThan(Duration.ofMillis(200));
        }
    }

    /// How many lines were sent until the server would have no more.
    private static int dawdle(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /api/v1/books HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < MOST_LINES; i++) {
                try {
                    socket.getOutputStream().write(("X-" + i + ": a\r\n").getBytes(StandardCharsets.US_ASCII));
                } catch (SocketException e) {
                    return i;
                }
                LockSupport.parkNanos(BETWEEN_LINES.toNanos());
            }
            return MOST_LINES;
        }
    }
}
