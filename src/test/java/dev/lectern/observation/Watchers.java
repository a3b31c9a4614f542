package dev.lectern.observation;

import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Consoles that are open, and a Prometheus that scrapes every second.
final class Watchers implements AutoCloseable {

    static final int CONSOLES = 5;

    private final OperatorClient operator;
    private final List<EventStream> streams = new ArrayList<>();
    private final List<Thread> consoles = new ArrayList<>();
    private final ScheduledExecutorService prometheus = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> scraping;
    private final LongAdder events = new LongAdder();

    Watchers(LecternServer lectern) {
        operator = new OperatorClient(lectern);
        for (int i = 0; i < CONSOLES; i++) {
            EventStream stream = operator.watch();
            streams.add(stream);
            consoles.add(Thread.startVirtualThread(() -> read(stream)));
        }
        scraping = prometheus.scheduleAtFixedRate(this::scrape, 0, 1, TimeUnit.SECONDS);
    }

    /// How many events the consoles have seen.
    long seen() {
        return events.sum();
    }

    private void read(EventStream stream) {
        try {
            while (stream.poll() != null) {
                events.increment();
            }
        } catch (UncheckedIOException e) {
            // It was closed.
        }
    }

    private void scrape() {
        int status = operator.get("/metrics").status();
        if (status != 200) {
            throw new IllegalStateException("scraped " + status);
        }
    }

    @Override
    public void close() {
        if (scraping.isDone()) {
            throw new IllegalStateException("scraping failed", scraping.exceptionNow());
        }
        prometheus.shutdownNow();
        operator.close();
        for (Thread console : consoles) {
            try {
                console.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
