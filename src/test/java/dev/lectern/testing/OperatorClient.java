package dev.lectern.testing;

import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternClient.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// An operator at the admin port, over real HTTP.
public final class OperatorClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    public OperatorClient(LecternServer lectern) {
        this.base = lectern.adminUrl();
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /// Acts, or asks what an action would do.
    ///
    /// @param body JSON
    public Reply act(String action, String body) {
        return send("POST", "/api/actions/" + action, body, "X-Lectern-Action", "1");
    }

    public Reply send(String method, String path, String body, String... headers) {
        HttpResponse<String> response =
                exchange(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    /// The bytes of something that is no text.
    public byte[] download(String path) {
        return exchange(request("GET", path, ""), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /// Watches. Closing it disconnects.
    public EventStream watch(String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/api/events")).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new EventStream(exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
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

    @Override
    public void close() {
        http.shutdownNow();
    }
}
