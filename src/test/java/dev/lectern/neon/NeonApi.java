package dev.lectern.neon;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Neon's API as far as suspending a compute needs it, <https://api-docs.neon.tech/reference>.
///
/// @param endpoint `…/api/v2/projects/{project}/endpoints/{endpoint}`
/// @param poll how long after one question the next is asked
record NeonApi(HttpClient client, URI endpoint, Secret key, Duration poll) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Suspends the compute, and returns when it is.
    void suspend() throws IOException, InterruptedException {
        send(request("/suspend").POST(BodyPublishers.noBody()).build());
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!state().equals("idle")) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the compute did not suspend within " + LONGEST);
            }
            pause(poll);
        }
    }

    /// Waits, where there is nothing that could be asked without waking it.
    static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String state() throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(send(request("").GET().build()))
                .path("endpoint")
                .path("current_state")
                .asText();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + key.value())
                .header("Accept", "application/json");
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("Neon's API answered " + response.statusCode());
        }
        return response.body();
    }
}
