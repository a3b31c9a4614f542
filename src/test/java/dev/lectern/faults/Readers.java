package dev.lectern.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Readers who read and write until they are told to stop, each noting what it got.
///
/// A write makes a conversation, with a key of its own and the key as its title, so that at the end it can be told
/// whether what was acknowledged is there, once.
final class Readers implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// A refused reader does not ask again at once.
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final List<Reader> readers = new ArrayList<>();
    private final URI server;
    private volatile boolean over;

    private Readers(URI server) {
        this.server = server;
    }

    /// Readers of a server.
    ///
    /// @param count how many
    /// @param writes one request in so many writes
    /// @param thinkTime between two requests of one reader
    static Readers of(URI server, int count, int writes, Duration thinkTime) {
        Readers all = new Readers(server);
        for (int i = 0; i < count; i++) {
            all.readers.add(all.new Reader());
        }
        for (Reader reader : all.readers) {
            all.threads.execute(() -> reader.go(writes, thinkTime));
        }
        return all;
    }

    /// Waits until so many more requests of a kind were answered.
    void await(int more, Predicate<Sample> condition) {
        long wanted = samples.stream().filter(condition).count() + more;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (samples.stream().filter(condition).count() < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the readers did not get " + more + " more such answers: "
                        + samples.stream().map(Sample::status).distinct().toList());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Waits until some hundred requests were served, half a second's worth or more.
    void awaitCalm() {
        await(200, Sample::served);
    }

    Samples soFar() {
        return new Samples(List.copyOf(samples));
    }

    /// Ends, and waits for what is under way.
    Samples stop() {
        over = true;
        threads.close();
        return new Samples(List.copyOf(samples));
    }

    /// Conversations that were acknowledged and are not there.
    long lost() {
        return readers.stream()
                .mapToLong(reader -> {
                    Map<String, Integer> there = reader.titles();
                    return reader.acknowledged.stream()
                            .filter(key -> !there.containsKey(key))
                            .count();
                })
                .sum();
    }

    /// Conversations that are there more than once.
    long doubled() {
        return readers.stream()
                .mapToLong(reader -> reader.titles().values().stream()
                        .filter(count -> count > 1)
                        .count())
                .sum();
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        http.close();
    }

    private final class Reader {

        private final String token;
        private final String conversation;
        private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

        Reader() {
            token = json(send(request("/readers", null).POST(text("{}"))))
                    .at("/token")
                    .asText();
            conversation = json(send(request("/conversations", token).POST(text("{}"))))
                    .at("/id")
                    .asText();
        }

        void go(int writes, Duration thinkTime) {
            // A request that is not acknowledged is made again, as a client does that wants it done.
            String key = UUID.randomUUID().toString();
            for (int i = 0; !over; i++) {
                Sample last;
                if (i % writes == writes - 1) {
                    last = note(
                            Sample.Kind.WRITE,
                            request("/conversations", token)
                                    .header("Idempotency-Key", key)
                                    .POST(text("{\"title\": \"" + key + "\"}")));
                    if (last.served()) {
                        acknowledged.add(key);
                        key = UUID.randomUUID().toString();
                    }
                } else {
                    last = note(
                            Sample.Kind.READ,
                            request("/conversations/" + conversation + "/messages", token)
                                    .GET());
                }
                LockSupport.parkNanos(last.served() ? thinkTime.toNanos() : AFTER_REFUSAL.toNanos());
            }
        }

        Map<String, Integer> titles() {
            Map<String, Integer> titles = new HashMap<>();
            @Nullable String cursor = "";
            do {
                JsonNode page = json(
                        send(request("/conversations?limit=100" + cursor, token).GET()));
                page.at("/items").forEach(item -> titles.merge(item.at("/title").asText(), 1, Integer::sum));
                JsonNode next = page.at("/next_cursor");
                cursor = next.isTextual() ? "&cursor=" + next.asText() : null;
            } while (cursor != null);
            titles.remove("null");
            return titles;
        }
    }

    private Sample note(Sample.Kind kind, HttpRequest.Builder request) {
        long start = System.nanoTime();
        int status = 0;
        String type = "";
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            type = status < 400 ? "" : json(response).at("/type").asText();
        } catch (IOException e) {
            type = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
        Sample sample = new Sample(kind, start, Duration.ofNanos(System.nanoTime() - start), status, type);
        samples.add(sample);
        return sample;
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
