package dev.lectern.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A front end: speaks to Lectern over real HTTP, as one reader.
public final class LecternClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private @Nullable String token;

    public LecternClient(URI base) {
        this.base = base;
    }

    /// An answer of the server.
    public record Reply(int status, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            return parse(body);
        }

        public @Nullable String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst()
                    .orElse(null);
        }
    }

    /// A server-sent event.
    public record Event(String name, String id, JsonNode data) {}

    /// Becomes a new reader.
    public LecternClient register() {
        token = post("/readers", "{}").json().at("/token").asText();
        return this;
    }

    public @Nullable String token() {
        return token;
    }

    /// Bears a token of another kind.
    public LecternClient bearing(String bearer) {
        token = bearer;
        return this;
    }

    public Reply get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    public Reply post(String path, String body, String... headers) {
        return send(json(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply put(String path, String body) {
        return send(json(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply put(String path, byte[] body, String contentType) {
        return send(
                request(path).header("Content-Type", contentType).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Reply patch(String path, String body) {
        return send(json(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    /// Begins a conversation about a book, and returns its id.
    public String converse(String book) {
        Reply made = post("/conversations", "{\"book\": \"%s\"}".formatted(book));
        if (made.status() != 201) {
            throw new AssertionError("no conversation: " + made.status() + " " + made.body());
        }
        return made.json().at("/id").asText();
    }

    /// Asks in a conversation and waits for the whole answer.
    public Reply ask(String conversation, String question, String... headers) {
        return post(messages(conversation), question(question), headers);
    }

    /// Asks in a conversation and reads the stream to its end.
    public List<Event> stream(String conversation, String question, String... headers) {
        try (EventStream stream = open(conversation, question, headers)) {
            List<Event> events = new ArrayList<>();
            for (Event event = stream.poll(); event != null; event = stream.poll()) {
                events.add(event);
            }
            return events;
        }
    }

    /// Asks in a conversation and gives the stream as it comes. Closing it disconnects.
    public EventStream open(String conversation, String question, String... headers) {
        HttpRequest request = json(messages(conversation), headers)
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(question(question)))
                .build();
        return new EventStream(exchange(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    private static String question(String question) {
        return JSON.createObjectNode().put("question", question).toString();
    }

    private static String messages(String conversation) {
        return "/conversations/" + conversation + "/messages";
    }

    private HttpRequest.Builder json(String path, String... headers) {
        return request(path, headers).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// A stream of events that is being read.
    public static final class EventStream implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        EventStream(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        public int status() {
            return response.statusCode();
        }

        /// The next event, comments left out.
        public Event next() {
            Event event = poll();
            if (event == null) {
                throw new AssertionError("the stream has ended");
            }
            return event;
        }

        /// The next event, comments left out; null at the end.
        public @Nullable Event poll() {
            String name = "";
            String id = "";
            String data = "";
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        name = line.substring(6).strip();
                    } else if (line.startsWith("id:")) {
                        id = line.substring(3).strip();
                    } else if (line.startsWith("data:")) {
                        data = line.substring(5).strip();
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        return new Event(name, id, parse(data));
                    }
                }
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
