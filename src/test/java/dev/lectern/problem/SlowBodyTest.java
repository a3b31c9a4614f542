package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that do not come to their end, of clients that are never idle: at a server that waits a second for each.
@Timeout(90)
class SlowBodyTest {

    @RegisterExtension
    static final ProblemServer SERVER = new ProblemServer(
            Duration.ofSeconds(1), environment -> environment.jersey().register(new Echo()));

    private static final String JSON = " HTTP/1.1\r\nHost: books.example\r\nContent-Type: application/json\r\n";
    private static final String BODY = "{\"text\": \"a\"}";
    private static final String LENGTH = "Content-Length: 13\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    /// A request that is a part of a body.
    private static final String WITHIN = "GET /within HTTP/1.1\r\nHost: books.example\r\n\r\n";

    private static final int CROWD = 200;

    private static final CountDownLatch BODY_READ = new CountDownLatch(1);
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    @Path("/")
    @Consumes(MediaType.APPLICATION_JSON)
    public static final class Echo {

        @POST
        @Path("/hurried")
        @BodyLimit(value = 1000, seconds = 1)
        public Map<String, Object> hurried(Map<String, Object> body) {
            return body;
        }

        @POST
        @Path("/patient")
        @BodyLimit(value = 1000, seconds = 80)
        public Map<String, Object> patient(Map<String, Object> body) {
            return body;
        }

        @POST
        @Path("/refused")
        public String refused(@HeaderParam("Authorization") @Nullable String token) {
            if (token == null) {
                throw ProblemException.unauthorized("Who is there?");
            }
            return "done";
        }

        @POST
        @Path("/slow-answer")
        @BodyLimit(value = 1000, seconds = 1)
        public Map<String, Object> slowAnswer(Map<String, Object> body) {
            BODY_READ.countDown();
            await(GO_ON);
            return body;
        }
    }

    /// What a body begins with. It goes on with zeros: in its content, an extension of a chunk or a trailer.
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 900\r\n\r\n{\"", CHUNKED + "5;x=", CHUNKED + "1\r\n{\r\n0\r\nX: "})
    void a_body_that_comes_byte_by_byte_is_too_slow(String begin) throws Exception {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /hurried" + JSON + begin);
            try (Drip drip = new Drip(http)) {
                Reply refusal = http.read();

                assertThat(refusal.status()).isEqualTo(408);
                assertThat(refusal.header("Connection")).isEqualTo("close");
                assertThat(drip.ends()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 900\r\n\r\n{\"", CHUNKED + "5;x=", CHUNKED + "1\r\n{\r\n0\r\nX: "})
    void the_rest_of_a_body_that_was_refused_is_not_waited_for_without_end(String begin) throws Exception {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /refused" + JSON + begin);
            try (Drip drip = new Drip(http)) {
                assertThat(http.read().status()).isEqualTo(401);
                assertThat(drip.ends()).isTrue();
            }
        }
    }

    /// The time is up while bytes of the body arrive, for one connection or another.
    @ParameterizedTest
    @ValueSource(strings = {"/hurried", "/refused"})
    void what_comes_of_a_body_after_its_time_is_not_taken_for_a_request(String path) throws Exception {
        List<Thread> clients = new ArrayList<>();
        Queue<String> afterwards = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < CROWD; i++) {
            clients.add(Thread.ofVirtual().start(() -> afterwards.add(afterRefusal(path))));
        }
        for (Thread client : clients) {
            assertThat(client.join(Duration.ofSeconds(60))).isTrue();
        }

        assertThat(afterwards).hasSize(CROWD).containsOnly("");
    }

    /// What a client hears after a refusal, whose body is one request after the other.
    private static String afterRefusal(String path) {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST " + path + JSON + "Content-Length: 60000\r\n\r\n");
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 59_000 / WITHIN.length(); i++) {
                        http.send(WITHIN);
                        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
                    }
                } catch (IOException e) {
                    // The server has ended the connection.
                }
            });
            try {
                http.read();
                return http.readHead().toString();
            } catch (IOException e) {
                return "";
            } finally {
                sender.join();
            }
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hurried", "/refused"})
    void bytes_without_content_that_come_without_a_pause_are_not_read_without_end(String path) throws IOException {
        String extension = "x".repeat(1 << 16);
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST " + path + JSON + CHUNKED + "5;x=");

            assertThatThrownBy(() -> {
                        for (long begin = System.nanoTime(); System.nanoTime() - begin < 60e9; ) {
                            http.send(extension);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_resource_may_have_more_patience_than_others() throws Exception {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /patient" + JSON + LENGTH + BODY.substring(0, 5));
            letTimePass();
            http.send(BODY.substring(5));

            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_may_take_longer_than_the_body_of_its_request() throws Exception {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /slow-answer" + JSON + LENGTH + BODY);
            await(BODY_READ);
            letTimePass();
            GO_ON.countDown();

            assertThat(http.read().status()).isEqualTo(200);
            http.send("POST /hurried" + JSON + LENGTH + BODY);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    /// As long as a body may take that begins now.
    private static void letTimePass() throws IOException {
        try (RawHttp http = new RawHttp(SERVER.port())) {
            http.send("POST /hurried" + JSON + LENGTH);
            assertThat(http.read().status()).isEqualTo(408);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Sends a zero now and then, until the connection has ended.
    private static final class Drip implements AutoCloseable {

        private final Thread thread;

        Drip(RawHttp http) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    while (!Thread.interrupted()) {
                        http.send("0");
                        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    }
                } catch (IOException e) {
                    // That is what it waits for.
                }
            });
        }

        /// Whether the server lets it send no more.
        boolean ends() throws InterruptedException {
            return thread.join(Duration.ofSeconds(30));
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
