package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/// A reader's client: one conversation, one token.
record TestReader(HttpClient http, IntSupplier port) {

    static final String MESSAGES = "/api/v1/conversations/" + CONVERSATION + "/messages";
    static final String WHY = "{\"question\": \"Why?\"}";
    static final ObjectMapper JSON = new ObjectMapper();

    record Event(String id, String name, JsonNode data) {}

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return http.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String body, String... headers) throws IOException, InterruptedException {
        return post(MESSAGES, body, with(headers, "Authorization", TestServer.BEARER));
    }

    /// A stream that the caller closes.
    Stream stream(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest request = request(
                MESSAGES, body, with(headers, "Authorization", TestServer.BEARER, "Accept", "text/event-stream"));
        return new Stream(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private HttpRequest request(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    private static String[] with(String[] headers, String... more) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /// A response of server-sent events.
    record Stream(HttpResponse<InputStream> response, BufferedReader lines) implements AutoCloseable {

        Stream(HttpResponse<InputStream> response) {
            this(response, new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
        }

        /// The next event; comments are passed over.
        Event next() throws IOException {
            String id = "";
            String name = "";
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("The stream has ended");
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Event(id, name, JSON.readTree(line.substring(6)));
                }
            }
        }

        void awaitComment() throws IOException {
            String line = "";
            while (!":".equals(line)) {
                line = lines.readLine();
            }
        }

        /// All that is left.
        List<Event> rest() throws IOException {
            List<Event> events = new ArrayList<>();
            Event event;
            do {
                event = next();
                events.add(event);
            } while (!event.name.equals("done") && !event.name.equals("error"));
            return events;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
