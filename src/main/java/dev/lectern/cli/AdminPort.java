package dev.lectern.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neon.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The admin port of a Lectern that may or may not run.
public final class AdminPort implements AutoCloseable {

    private static final String DEFAULT_URL = "http://127.0.0.1:8081";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int USAGE = 64;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_DETAIL = 200;

    private final URI url;
    private final @Nullable Secret token;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private AdminPort(URI url, @Nullable Secret token, ObjectMapper json) {
        this.url = url;
        this.token = token;
        this.json = json;
    }

    /// What came of asking.
    public sealed interface Reply {

        /// A panel.
        record Panel(JsonNode json) implements Reply {}

        /// Nothing.
        ///
        /// @param why a sentence without a full stop
        record Absent(String why) implements Reply {}
    }

    /// The port at a URL, with the token of `LECTERN_ADMIN_TOKEN`.
    ///
    /// @param option as it is typed, such as `--admin`
    /// @param environment the value of a variable, or null
    /// @throws CommandFailedException where the URL is none of an admin port
    public static AdminPort at(
            String option, String url, Function<String, @Nullable String> environment, ObjectMapper json) {
        String token = environment.apply("LECTERN_ADMIN_TOKEN");
        return new AdminPort(
                url(option, url), token == null || token.isBlank() ? null : new Secret(token.strip()), json);
    }

    /// Where the port of this machine's Lectern is, unless a command's line says otherwise.
    public static String defaultUrl() {
        return System.getProperty("lectern.admin", DEFAULT_URL);
    }

    private static URI url(String option, String url) {
        if (!url.matches("https?://[^/?#@\\s]+/?")) {
            throw new CommandFailedException(USAGE, option + " is written as " + DEFAULT_URL);
        }
        try {
            return URI.create(url.replaceFirst("/$", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(USAGE, option + " is written as " + DEFAULT_URL, e);
        }
    }

    /// Without a path.
    public URI url() {
        return url;
    }

    /// Asks for a panel, such as `snapshot`.
    ///
    /// @param known where in it something is that no stranger's has, a JSON pointer
    public Reply panel(String name, String known) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = get("/api/" + name);
            if (response.statusCode() != OK) {
                return new Reply.Absent(refusal(response));
            }
            JsonNode panel = json.readTree(response.body());
            return panel.at(known).isMissingNode() ? new Reply.Absent(stranger()) : new Reply.Panel(panel);
        } catch (IOException e) {
            return new Reply.Absent("no Lectern answers at " + url + "; bin/run starts one");
        }
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
