package dev.lectern.neonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neon.warmup.ComputeReport;
import dev.lectern.neonapi.NeonApiException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Neon's API, <https://neon.com/docs/reference/api>, as far as it tells of one compute. Asking does not wake it.
///
/// Safe for many threads. Closing it ends the questions that are under way.
public final class NeonApi implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /// Answers take a few kilobytes.
    private static final long LONGEST_ANSWER = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NeonApiSettings settings;
    private final HttpClient http;

    /// Connects to nothing until it is asked.
    public NeonApi(NeonApiSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                // The key goes to the configured address and to no other.
                .followRedirects(Redirect.NEVER)
                .version("https".equalsIgnoreCase(settings.url().getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// What Neon says of the compute.
    ///
    /// @param now the time of the question
    /// @throws NeonApiException where there is no answer that can be used
    ComputeReport compute(Instant now) throws NeonApiException, InterruptedException {
        return ComputeAnswer.read(get("/projects/" + settings.project() + "/endpoints/" + settings.endpoint()), now);
    }

    /// The organization that the project belongs to; empty where Neon does not say.
    ///
    /// @throws NeonApiException where there is no answer that can be used
    Optional<String> organization() throws NeonApiException, InterruptedException {
        return Optional.of(get("/projects/" + settings.project())
                        .path("project")
                        .path("org_id")
                        .asText())
                .filter(id -> NeonApiSettings.ID.matcher(id).matches());
    }

    /// How much the project's computes have used, in CU-hours; empty where Neon knows nothing of the project.
    ///
    /// @param granularity `hourly` or `daily`, which the times are multiples of
    /// @throws NeonApiException where there is no answer that can be used; `REFUSED` on the free plan
    OptionalDouble consumption(String organization, String granularity, Instant from, Instant to)
            throws NeonApiException, InterruptedException {
        String query = "?org_id=%s&project_ids=%s&granularity=%s&from=%s&to=%s&metrics=compute_unit_seconds"
                .formatted(organization, settings.project(), granularity, encoded(from), encoded(to));
        return ConsumptionAnswer.read(get("/consumption_history/v2/projects" + query), settings.project(), from, to);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private JsonNode get(String path) throws NeonApiException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .header("Authorization", "Bearer " + settings.key().value())
                .header("Accept", "application/json")
                .header("User-Agent", "lectern")
                .build();
        CompletableFuture<HttpResponse<byte[]>> call =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            // The client's own timeout would end with the headers.
            HttpResponse<byte[]> answer = call.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            Refusal.check(answer);
            return JSON.readTree(answer.body());
        } catch (TimeoutException e) {
            throw unavailable(String.format(
                    Locale.ROOT,
                    "Neon's API did not answer within %.1f s",
                    settings.timeout().toMillis() / 1000.0));
        } catch (ExecutionException e) {
            throw unavailable("Neon's API cannot be had at " + settings.url() + " ("
                    + Optional.ofNullable(e.getCause()).map(NeonApi::name).orElse("unknown") + ")");
        } catch (IOException e) {
            throw unavailable("what Neon's API answers cannot be read (" + name(e) + ")");
        } finally {
            call.cancel(true);
        }
    }

    static NeonApiException unavailable(String message) {
        return new NeonApiException(Reason.UNAVAILABLE, message);
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static String encoded(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }
}
