package dev.lectern.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A server that speaks as OpenAI's does and knows nothing: it answers at the pace of a model, the first word after some
/// 400 ms, then fifty a second, some eighty in all. The paces are the same in each run.
public final class StubModel {

    private static final long SEED = 25;
    private static final double FIRST_WORD_MS = 400;
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(20);
    private static final int FEWEST_WORDS = 60;
    private static final int MOST_WORDS = 100;
    private static final String PIECE = """
            data: {"id":"stub","object":"chat.completion.chunk","created":0,"model":"stub",\
            "choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

            """;
    private static final String END = """
            data: {"id":"stub","object":"chat.completion.chunk","created":0,"model":"stub",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    private final AtomicLong calls = new AtomicLong();

    private StubModel() {}

    /// Serves until the process is ended, and prints where.
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", new StubModel()::answer);
        server.start();
        System.out.println("Stub ready: http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Random random = new Random(SEED + calls.getAndIncrement());
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            long next = System.nanoTime() + (long) (FIRST_WORD_MS * 1e6 * Math.exp(random.nextGaussian() / 4));
            int words = random.nextInt(FEWEST_WORDS, MOST_WORDS + 1);
            for (int word = 0; word < words; word++) {
                sleepUntil(next);
                write(out, PIECE.formatted(word == words - 1 ? "done [1]." : "word "));
                next += BETWEEN_WORDS.toNanos();
            }
            write(out, END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
