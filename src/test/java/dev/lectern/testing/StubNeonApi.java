package dev.lectern.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Neon's API on this machine, which answers what it is told: about the compute `ep-test-1` of `project-1`.
public final class StubNeonApi implements AutoCloseable {

    public static final String KEY = "napi_s3cret";
    public static final String PROJECT = "project-1";
    public static final String ENDPOINT = "ep-test-1";

    private static final String COMPUTE = "/api/v2/projects/project-1/endpoints/ep-test-1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @FunctionalInterface
    private interface Script {
        void play(HttpExchange exchange) throws IOException, InterruptedException;
    }

    public StubNeonApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2");
    }

    /// Answers with a compute.
    ///
    /// @param members of the JSON object, such as `"current_state": "idle"`
    public void compute(String members) {
        answers(COMPUTE, 200, "{\"endpoint\": {\"id\": \"ep-test-1\", \"host\": \"h\", " + members + "}}");
    }

    /// Answers with this, whatever it is.
    public void computeAnswers(int status, String body, String... headers) {
        answers(COMPUTE, status, body, headers);
    }

    /// Takes the question and never answers.
    public void staysSilent() {
        scripts.put(COMPUTE, exchange -> closed.await());
    }

    /// Begins an answer that never ends.
    public void neverEnds() {
        scripts.put(COMPUTE, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"endpoint\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            closed.await();
        });
    }

    /// The project's own answer.
    public void project(int status, String body) {
        answers("/api/v2/projects/project-1", status, body);
    }

    /// The consumption of one granularity, `daily` or `hourly`.
    public void consumption(String granularity, int status, String body) {
        answers("/api/v2/consumption_history/v2/projects " + granularity, status, body);
    }

    /// What was asked so far: method, path and query, and the header with the key.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// How often the compute was asked about.
    public long questions() {
        return asked.stream().filter(each -> each.contains(COMPUTE + " ")).count();
    }

    /// Waits until it was asked about the compute so often.
    public void awaitQuestions(long count) {
        until(() -> questions() >= count);
    }

    /// Waits for something that is going to be so.
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answers(String path, int status, String body, String... headers) {
        scripts.put(path, exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            asked.add(exchange.getRequestMethod() + " " + uri + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            String query = uri.getQuery() == null ? "" : uri.getQuery();
            String granularity = query.contains("granularity=daily")
                    ? " daily"
                    : query.contains("granularity=hourly") ? " hourly" : "";
            Script script = scripts.get(uri.getPath() + granularity);
            if (script == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                script.play(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
