package dev.lectern.llm.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceivedBodyTest {

    private final Source source = new Source();

    @AfterEach
    void forget() {
        boolean _ = Thread.interrupted();
    }

    /// What sends the body.
    private static final class Source implements Subscription {

        private final List<Long> asked = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private Runnable onRequest = () -> {};
        private boolean cancelled;

        @Override
        public void request(long count) {
            asked.add(count);
            times.add(System.nanoTime());
            onRequest.run();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private ReceivedBody body(Version version, Duration patience) {
        ReceivedBody body = new ReceivedBody(new Patience(patience, patience)).over(version);
        body.onSubscribe(source);
        return body;
    }

    private static List<ByteBuffer> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> ByteBuffer.wrap(text.getBytes(UTF_8)))
                .toList();
    }

    private static String read(ReceivedBody body, int count) throws IOException {
        return new String(body.readNBytes(count), UTF_8);
    }

    @Test
    void what_has_come_is_read_at_once_and_to_its_end() throws IOException {
        ReceivedBody body = body(Version.HTTP_1_1, Duration.ofMinutes(1));
        body.onNext(bytes("first", "", " second"));
        body.onNext(bytes(" third"));
        body.onComplete();

        assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("first second third");
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.read(new byte[8])).isEqualTo(-1);
    }

    @Test
    void asks_for_more_only_a_twentieth_of_a_second_after_it_was_woken() throws IOException {
        ReceivedBody body = body(Version.HTTP_1_1, Duration.ofMinutes(1));
        source.onRequest = () -> body.onNext(bytes("more"));
        body.onNext(bytes("first"));
        assertThat(read(body, 9)).isEqualTo("firstmore");
        assertThat(read(body, 4)).isEqualTo("more");

        assertThat(source.asked).containsExactly(1L, 1L, 1L);
        assertThat(source.times.get(2) - source.times.get(1))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void frames_are_asked_for_ahead_since_each_comes_by_itself() throws IOException {
        ReceivedBody body = body(Version.HTTP_2, Duration.ofMinutes(1));
        assertThat(source.asked).containsExactly(64L);
        source.onRequest = body::onComplete;
        Stream.of("a", "b", "c").map(ReceivedBodyTest::bytes).forEach(body::onNext);

        assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("abc");

        assertThat(source.asked).containsExactly(64L, 3L);
    }

    @Test
    void ends_when_the_sender_breaks_off() throws IOException {
        ReceivedBody body = body(Version.HTTP_1_1, Duration.ofMinutes(1));
        body.onNext(bytes("half"));
        body.onError(new IOException("reset"));

        assertThat(read(body, 4)).isEqualTo("half");
        assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessage("the answer broke off");
    }

    @Test
    void waits_no_longer_than_its_patience() {
        ReceivedBody body = body(Version.HTTP_1_1, Duration.ofMillis(20));

        assertThatThrownBy(body::read).isInstanceOf(HttpTimeoutException.class);

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void an_interruption_ends_it_while_more_is_let_come() throws IOException {
        ReceivedBody body = body(Version.HTTP_1_1, Duration.ofMinutes(1));
        body.onNext(bytes("first"));
        assertThat(read(body, 5)).isEqualTo("first");
        Thread.currentThread().interrupt();

        assertThatThrownBy(body::read).isInstanceOf(InterruptedIOException.class);

        assertThat(source.cancelled).isTrue();
    }
}
