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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Somebody who reads and writes over HTTP, and remembers what was acknowledged.
///
/// A write makes a conversation, with a key of its own and the key as its title, so that at the end it can be told
/// whether what was acknowledged is there, once.
final class Reader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI server;
    private final String token;
    private final String conversation;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /// A new reader of a server, with a conversation to read.
    Reader(HttpClient http, URI server) {
        this.http = http;
        this.server = server;
        token = made(request("/readers", null).POST(text("{}"))).at("/token").asText();
        conversation = made(request("/conversations", token).POST(text("{}")))
                .at("/id")
                .asText();
    }

    /// What is made at last, however often it is refused before.
    private JsonNode made(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> response = send(request);
        while (response.statusCode() != 201) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            response = send(request);
        }
        return json(response);
    }

    /// Reads the conversation.
    Sample read() {
        return note(
                Sample.Kind.READ,
                request("/conversations/" + conversation + "/messages", token).GET());
    }

    /// Makes a conversation.
    ///
    /// @param key the same where the same is tried again
    Sample write(String key) {
        Sample sample = note(
                Sample.Kind.WRITE,
                request("/conversations", token)
                        .header("Idempotency-Key", key)
                        .POST(text("{\"title\": \"" + key + "\"}")));
        if (sample.served()) {
            acknowledged.add(key);
        }
        return sample;
    }

    /// Conversations that were acknowledged and are not there.
    long lost() {
        Map<String, Integer> there = titles();
        return acknowledged.stream().filter(key -> !there.containsKey(key)).count();
    }

    /// Conversations that are there more than once.
    long doubled() {
        return titles().values().stream().filter(count -> count > 1).count();
    }

    private Map<String, Integer> titles() {
        Map<String, Integer> titles = new HashMap<>();
        all("/conversations").forEach(item -> titles.merge(item.at("/title").asText(), 1, Integer::sum));
        titles.remove("null");
        return titles;
    }

    /// Asks in the conversation; nothing where the connection broke.
    Optional<HttpResponse<String>> ask(String question) {
        try {
            return Optional.of(http.send(
                    request("/conversations/" + conversation + "/messages", token)
                            .POST(text("{\"question\": \"" + question + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// The questions and answers of the conversation.
    List<JsonNode> messages() {
        return all("/conversations/" + conversation + "/messages");
    }

    /// What a list has on all its pages.
    private List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        @Nullable String cursor = "";
        do {
            JsonNode page =
                    json(send(request(path + "?limit=100" + cursor, token).GET()));
            page.at("/items").forEach(items::add);
            JsonNode next = page.at("/next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : null;
        } while (cursor != null);
        return items;
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
        }
        return new Sample(kind, start, Duration.ofNanos(System.nanoTime() - start), status, type);
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
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

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
