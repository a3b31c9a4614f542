package dev.lectern.llm.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientSocketTest {

    private final Patience patient = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private final PatientSocket socket = new PatientSocket(null);
    private ServerSocket door;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.connect(door.getLocalSocketAddress());
        peer = door.accept();
    }

    @AfterEach
    void close() throws IOException {
        boolean _ = Thread.interrupted();
        socket.close();
        peer.close();
        door.close();
    }

    private void send(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(UTF_8));
    }

    private String read(Patience patience, int count) throws IOException {
        InputStream in = socket.getInputStream();
        return ScopedValue.where(Patience.OF_THIS_CALL, patience).call(() -> new String(in.readNBytes(count), UTF_8));
    }

    @Test
    void what_has_come_is_read_to_its_end() throws IOException {
        send("all of it");
        peer.close();

        assertThat(read(patient, 100)).isEqualTo("all of it");
        assertThat(read(patient, 1)).isEmpty();
    }

    @Test
    void one_byte_is_as_good_as_many() throws IOException {
        send("\u00ff");
        peer.close();
        InputStream in = socket.getInputStream();

        ScopedValue.where(Patience.OF_THIS_CALL, patient).call(() -> {
            assertThat(in.read()).isEqualTo(0xc3);
            assertThat(in.read()).isEqualTo(0xbf);
            assertThat(in.read()).isEqualTo(-1);
            return null;
        });
    }

    @Test
    void waits_no_longer_than_its_patience() throws IOException {
        var hasty = new Patience(Duration.ofMillis(20), Duration.ofMinutes(1));

        assertThatThrownBy(() -> read(hasty, 1))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage(hasty.exhausted());
        send("late");
        assertThatThrownBy(() -> read(hasty, 1)).isInstanceOf(HttpTimeoutException.class);
        assertThat(socket.getSoTimeout()).isZero();
    }

    @Test
    void its_own_time_out_holds_where_it_is_shorter() throws IOException {
        socket.setSoTimeout(20);

        assertThatThrownBy(() -> read(patient, 1)).isInstanceOf(SocketTimeoutException.class);

        assertThat(socket.getSoTimeout()).isEqualTo(20);
    }

    @Test
    void outside_a_call_it_is_a_socket_like_any_other() throws IOException {
        socket.setSoTimeout(20);
        InputStream in = socket.getInputStream();

        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        send("on");
        assertThat(in.readNBytes(2)).isEqualTo("on".getBytes(UTF_8));
    }

    @Test
    void what_is_there_is_read_without_a_pause() throws IOException {
        send("a record in pieces");
        assertThat(read(patient, 1)).isEqualTo("a");
        patient.spoken();
        Thread.currentThread().interrupt();

        assertThat(read(patient, 7)).isEqualTo(" record");
        assertThat(read(patient, 10)).isEqualTo(" in pieces");
    }

    @Test
    void an_interruption_ends_it_while_more_is_let_come() throws IOException {
        send("first");
        assertThat(read(patient, 5)).isEqualTo("first");
        patient.spoken();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(patient, 1)).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void connects_no_longer_than_its_patience() throws IOException {
        var used = new Patience(Duration.ofNanos(1), Duration.ofMinutes(1));
        try (var another = new PatientSocket(null)) {
            assertThatThrownBy(() -> ScopedValue.where(Patience.OF_THIS_CALL, used)
                            .call(() -> {
                                another.connect(door.getLocalSocketAddress(), 1_000);
                                return null;
                            }))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }
}
