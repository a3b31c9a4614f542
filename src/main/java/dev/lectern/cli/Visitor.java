package dev.lectern.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reader who uses each route of the API once in a visit, and leaves nothing behind.
final class Visitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String QUESTION = "What is a connection pool?";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final ObjectMapper json;
    private final String book;

    Visitor(URI api, ObjectMapper json, String book) {
        this.api = api;
        this.json = json;
        this.book = book;
    }

    /// Makes visits until the moment has passed, one at least.
    ///
    /// @param end on the monotonic clock
    /// @return how many requests they took
    /// @throws CommandFailedException where one was not answered as it should be
    int visitUntil(long end) throws InterruptedException {
        int requests = 0;
        do {
            requests += new Visit().make();
        } while (System.nanoTime() - end < 0);
        return requests;
    }

    @Override
    public void close() {
        http.close();
    }

    private final class Visit {

        private @Nullable String token;
        private int requests;

        int make() throws InterruptedException {
            token = read(send("POST", "/readers", Map.of(), JSON)).path("token").asText();
            look("/books");
            JsonNode contents = look("/books/" + book);
            look("/books/" + book + "/chapters/"
                    + contents.path("chapters").path(0).path("slug").asText());
            look("/search?q=connection&book=" + book);
            send("POST", "/chat", Map.of("query", QUESTION, "book_id", book), JSON);
            String conversation = "/conversations/"
                    + read(send("POST", "/conversations", Map.of("book", book), JSON))
                            .path("id")
                            .asText();
            String answer = read(send("POST", conversation + "/messages", Map.of("question", QUESTION), JSON))
                    .path("id")
                    .asText();
            send("POST", conversation + "/messages", Map.of("question", QUESTION), EVENTS);
            send("PUT", "/messages/" + answer + "/feedback", Map.of("rating", "like"), JSON);
            look(conversation + "/messages");
            look("/conversations");
            send("PATCH", conversation, Map.of("title", "A visit"), JSON);
            look(conversation);
            send("DELETE", conversation, null, JSON);
            return requests;
        }

        private JsonNode look(String path) throws InterruptedException {
            return read(send("GET", path, null, JSON));
        }

        private JsonNode read(String body) {
            try {
                return json.readTree(body);
            } catch (IOException e) {
                throw new CommandFailedException(1, "What was answered is no JSON: " + body, e);
            }
        }

        private String send(String method, String path, @Nullable Map<String, String> body, String accept)
                throws InterruptedException {
            requests++;
            BodyPublisher content = body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.valueToTree(body).toString());
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                    .timeout(PATIENCE)
                    .header("Content-Type", JSON)
                    .header("Accept", accept)
                    .method(method, content);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            try {
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() >= 300) {
                    throw new CommandFailedException(
                            1,
                            method + " " + path + " was answered with " + response.statusCode() + ": "
                                    + response.body());
                }
                return response.body();
            } catch (ConnectException e) {
                throw new CommandFailedException(1, "No Lectern answers at " + api + "; bin/run starts one.", e);
            } catch (IOException e) {
                throw new CommandFailedException(1, method + " " + path + " was not answered: " + e, e);
            }
        }
    }
}
