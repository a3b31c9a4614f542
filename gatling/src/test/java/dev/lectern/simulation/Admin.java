package dev.lectern.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The admin port: what Lectern and its embedded database do, and what is to go wrong with the database.
record Admin(URI url, HttpClient http) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    Admin(URI url) {
        this(url, HttpClient.newHttpClient());
    }

    JsonNode snapshot() {
        return json(send("GET", "/api/snapshot", ""));
    }

    JsonNode database() {
        return json(send("GET", "/api/embedded", ""));
    }

    /// How many connections the busiest minute needed, and what was foreseen of it: JSON.
    String capacity() {
        return send("GET", "/api/capacity", "");
    }

    void countFromZero() {
        send("POST", "/api/embedded/counts/reset", "");
    }

    /// Stops the compute; the next login wakes it.
    void suspend() {
        send("POST", "/api/embedded/suspend", "");
    }

    /// Stops the compute, and has no login wake it before the time is over.
    void outage(Duration duration) {
        send("POST", "/api/embedded/faults", "{\"type\": \"outage\", \"duration\": \"" + duration + "\"}");
    }

    /// Collects garbage, so that the heap is what is in use.
    void collectGarbage() {
        send("POST", "/tasks/gc", "");
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(method + " " + path + " is a " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
