package dev.lectern.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// An OpenAI-compatible server that plays a script, on virtual threads: any number of calls may be held open at once.
///
/// While it holds a call back, it writes comments, so that it notices when the caller is gone.
public final class StubLanguageModelServer implements AutoCloseable {

    /// A request as it came.
    ///
    /// @param authorization the header, or an empty text
    public record Request(String path, String authorization, JsonNode body) {

        /// What the messages say, one after the other.
        public List<String> messages() {
            return body.path("messages")
                    .valueStream()
                    .map(m -> m.path("content").asText())
                    .toList();
        }

        public List<String> roles() {
            return body.path("messages")
                    .valueStream()
                    .map(m -> m.path("role").asText())
                    .toList();
        }
    }

    private interface Script {
        void play(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private interface Opening {
        HttpServer open(InetSocketAddress address, int backlog) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "[DONE]";
    private static final int BACKLOG = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Object calls = new Object();
    private int open;
    private int abandoned;
    private volatile CountDownLatch release = new CountDownLatch(1);
    private volatile Script script = exchange -> send(exchange, events("The stub's answer [1]."));

    public StubLanguageModelServer() {
        this("http", HttpServer::create);
    }

    /// One that speaks HTTP over TLS.
    public StubLanguageModelServer(SSLContext tls) {
        this("https", (address, backlog) -> {
            HttpsServer encrypted = HttpsServer.create(address, backlog);
            encrypted.setHttpsConfigurator(new HttpsConfigurator(tls));
            return encrypted;
        });
    }

    private StubLanguageModelServer(String scheme, Opening opening) {
        this.scheme = scheme;
        try {
            server = opening.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::serve);
        server.start();
    }

    public URI baseUrl() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /// Answers with these pieces.
    public void answers(String... pieces) {
        script = exchange -> send(exchange, events(pieces));
    }

    /// Answers with these pieces after a time, or at [#release] if that is sooner.
    public void answersAfter(Duration time, String... pieces) {
        CountDownLatch held = newLatch();
        script = exchange -> {
            begin(exchange);
            hold(exchange, held, time);
            write(exchange, events(pieces));
        };
    }

    /// Answers with these pieces, then holds the call open until [#release].
    public void stallsAfter(String... pieces) {
        CountDownLatch held = newLatch();
        script = exchange -> {
            begin(exchange);
            write(
                    exchange,
                    Stream.of(pieces).map(StubLanguageModelServer::piece).toList());
            hold(exchange, held, PATIENCE);
            write(exchange, events());
        };
    }

    /// Sends not even a header until [#release].
    public void staysSilent() {
        CountDownLatch held = newLatch();
        script = exchange -> {
            held.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            send(exchange, events("Late [1]."));
        };
    }

    /// Answers with an error.
    public void fails(int status, String body) {
        script = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /// Sends these events as they are.
    public void sends(String... events) {
        script = exchange -> send(exchange, List.of(events));
    }

    /// Lets the calls go on that the present script holds or is going to hold.
    public void release() {
        release.countDown();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public Request lastRequest() {
        return requests.getLast();
    }

    /// How many callers went before their answer was whole.
    public int abandonedCalls() {
        synchronized (calls) {
            return abandoned;
        }
    }

    public int openCalls() {
        synchronized (calls) {
            return open;
        }
    }

    /// Waits until so many calls are open.
    public void awaitOpenCalls(int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (calls) {
            while (open != count) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(open + " calls are open, not " + count);
                }
                TimeUnit.NANOSECONDS.timedWait(calls, left);
            }
        }
    }

    /// One event with a piece of text.
    public static String piece(String text) {
        return "{\"id\":\"stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":" + JSON.valueToTree(text) + "},\"finish_reason\":null}]}";
    }

    /// The event that ends an answer.
    public static String end(String reason) {
        return "{\"id\":\"stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\",\"choices\":"
                + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    private static List<String> events(String... pieces) {
        return Stream.concat(Stream.of(pieces).map(StubLanguageModelServer::piece), Stream.of(end("stop"), DONE))
                .toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        count(1, 0);
        int gone = 0;
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(
                    new Request(exchange.getRequestURI().getPath(), authorization == null ? "" : authorization, body));
            script.play(exchange);
        } catch (IOException e) {
            gone = 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            count(-1, gone);
        }
    }

    private void count(int opened, int gone) {
        synchronized (calls) {
            open += opened;
            abandoned += gone;
            calls.notifyAll();
        }
    }

    private void send(HttpExchange exchange, List<String> events) throws IOException {
        begin(exchange);
        write(exchange, events);
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        comment(exchange);
    }

    private static void write(HttpExchange exchange, List<String> events) throws IOException {
        OutputStream out = exchange.getResponseBody();
        for (String event : events) {
            out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static void comment(HttpExchange exchange) throws IOException {
        exchange.getResponseBody().write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private CountDownLatch newLatch() {
        release = new CountDownLatch(1);
        return release;
    }

    private static void hold(HttpExchange exchange, CountDownLatch held, Duration time)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long left = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(50));
            if (held.await(left, TimeUnit.NANOSECONDS)) {
                return;
            }
            comment(exchange);
        }
    }
}
