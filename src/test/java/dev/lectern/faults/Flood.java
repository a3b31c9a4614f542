package dev.lectern.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Requests that come at a rate of their own, whether or not the earlier ones were answered.
final class Flood implements AutoCloseable {

    private static final int READERS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Reader> readers;

    Flood(URI server) {
        readers = Stream.generate(() -> new Reader(http, server)).limit(READERS).toList();
    }

    /// Lets requests come for a time, and returns when all are answered.
    ///
    /// @param writes one request in so many writes; 0 for none
    Samples at(int perSecond, Duration time, int writes) {
        Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < perSecond * time.toMillis() / 1_000; i++) {
                long due = start + i * 1_000_000_000L / perSecond;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                Reader reader = readers.get(i % READERS);
                boolean writing = writes > 0 && i % writes == 0;
                threads.execute(() ->
                        samples.add(writing ? reader.write(UUID.randomUUID().toString()) : reader.read()));
            }
        }
        return new Samples(List.copyOf(samples));
    }

    long lost() {
        return readers.stream().mapToLong(Reader::lost).sum();
    }

    long doubled() {
        return readers.stream().mapToLong(Reader::doubled).sum();
    }

    @Override
    public void close() {
        http.close();
    }
}
