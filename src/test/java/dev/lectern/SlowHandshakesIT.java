package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestKeyStore;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that dawdle underneath HTTP, at a server that speaks TLS and waits a second for a head.
@Timeout(90)
class SlowHandshakesIT {

    private static final String HEALTH = "GET /health-check HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// How records of 4 KiB begin: one of a handshake, and one of data.
    private static final byte[] HANDSHAKE = {22, 3, 1, 16, 0};

    private static final byte[] DATA = {23, 3, 3, 16, 0};

    /// A minute's.
    private static final int MOST_BYTES = 600;

    @TempDir
    private Path folder;

    private TestKeyStore keys;
    private LecternServer lectern;

    @BeforeEach
    void start() throws Exception {
        keys = TestKeyStore.in(folder);
        Map<String, String> configuration = new HashMap<>(keys.configuration());
        configuration.put("connections.headTimeout", "1s");
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), configuration);
    }

    @AfterEach
    void stop() {
        lectern.close();
    }

    @Test
    void a_handshake_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HANDSHAKE);

            assertThat(bytesUntilEnded(socket)).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void data_that_comes_byte_by_byte_after_the_handshake_is_not_waited_for() throws Exception {
        try (Socket socket = connect()) {
            encrypt(socket);
            socket.getOutputStream().write(DATA);

            assertThat(bytesUntilEnded(socket)).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void a_connection_that_is_kept_for_a_request_is_left_alone() throws Exception {
        try (Socket socket = connect();
                RawHttp http = new RawHttp(encrypt(socket))) {
            for (int i = 0; i < 2; i++) {
                letTimePass();
                http.send(HEALTH);

                assertThat(http.read().status()).isEqualTo(200);
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), lectern.url().getPort());
    }

    private SSLSocket encrypt(Socket socket) throws Exception {
        SSLSocket encrypted = (SSLSocket)
                keys.trusting().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        encrypted.startHandshake();
        return encrypted;
    }

    /// As long as a handshake may take that begins now.
    private void letTimePass() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HANDSHAKE);
            bytesUntilEnded(socket);
        }
    }

    /// Sends a byte each tenth of a second.
    private static int bytesUntilEnded(Socket socket) throws IOException {
        for (int i = 0; i < MOST_BYTES; i++) {
            try {
                socket.getOutputStream().write(0);
            } catch (SocketException e) {
                return i;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return MOST_BYTES;
    }
}
