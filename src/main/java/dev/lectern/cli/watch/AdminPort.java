package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.Printable;
import dev.lectern.neon.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The admin port of a Lectern that may or may not run.
final class AdminPort implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_DETAIL = 200;

    private final URI url;
    private final @Nullable Secret token;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param url without a path
    /// @param token what the port wants to be shown; null for nothing
    AdminPort(URI url, @Nullable Secret token, ObjectMapper json) {
        this.url = url;
        this.token = token;
        this.json = json;
    }

    /// Looks once.
    Sighting look() throws InterruptedException {
        try {
            HttpResponse<byte[]> response = get("/api/snapshot");
            if (response.statusCode() != OK) {
                return new Sighting.Absent(refusal(response));
            }
            JsonNode snapshot = json.readTree(response.body());
            if (!snapshot.at("/verdict/level").isTextual()) {
                return new Sighting.Absent(stranger());
            }
            return new Sighting.Seen(snapshot, events());
        } catch (IOException e) {
            return new Sighting.Absent("no Lectern answers at " + url + "; bin/run starts one");
        }
    }

    /// None where they cannot be had: the snapshot says more.
    private List<JsonNode> events() throws InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        try {
            HttpResponse<byte[]> response = get("/api/events");
            if (response.statusCode() == OK) {
                json.readTree(response.body()).at("/events").forEach(events::add);
            }
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(events);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token.value());
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String refusal(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case UNAUTHORIZED ->
                token == null
                        ? "Lectern at " + url + " wants its token: set LECTERN_ADMIN_TOKEN"
                        : "Lectern at " + url + " refuses the token of LECTERN_ADMIN_TOKEN";
            case FORBIDDEN -> "Lectern at " + url + " refuses: " + detail(response);
            default -> stranger();
        };
    }

    private String stranger() {
        return "what answers at " + url + " is no admin port of this Lectern";
    }

    private String detail(HttpResponse<byte[]> response) {
        try {
            return Printable.line(
                    json.readTree(response.body()).at("/detail").asText("HTTP " + response.statusCode()),
                    LONGEST_DETAIL);
        } catch (IOException e) {
            return "HTTP " + response.statusCode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
