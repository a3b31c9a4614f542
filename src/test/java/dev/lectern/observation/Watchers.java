package dev.lectern.observation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lectern.testing.LecternServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Consoles that are open, and a Prometheus that scrapes every second. They look at nothing of what they get, since
/// they would do so on a machine of their own.
final class Watchers implements AutoCloseable {

    static final int CONSOLES = 5;

    private final List<Socket> consoles = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest metrics;
    private final ScheduledExecutorService prometheus = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> scraping;
    private final LongAdder bytes = new LongAdder();

    Watchers(LecternServer lectern) {
        URI admin = lectern.adminUrl();
        for (int i = 0; i < CONSOLES; i++) {
            open(admin);
        }
        metrics = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
        scraping = prometheus.scheduleAtFixedRate(this::scrape, 0, 1, TimeUnit.SECONDS);
    }

    /// How much the consoles have been sent.
    long bytes() {
        return bytes.sum();
    }

    private void open(URI admin) {
        try {
            Socket console = new Socket(admin.getHost(), admin.getPort());
            consoles.add(console);
            console.getOutputStream().write("""
                    GET /api/events HTTP/1.1\r
                    Host: %s\r
                    Accept: text/event-stream\r
                    \r
                    """.formatted(admin.getAuthority()).getBytes(US_ASCII));
            Thread.ofVirtual().start(() -> read(console));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Socket console) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = console.getInputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                bytes.add(read);
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void scrape() {
        try {
            int status =
                    http.send(metrics, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("scraped " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        if (scraping.isDone()) {
            throw new IllegalStateException("scraping failed", scraping.exceptionNow());
        }
        prometheus.shutdownNow();
        http.shutdownNow();
        for (Socket console : consoles) {
            console.close();
        }
    }
}
