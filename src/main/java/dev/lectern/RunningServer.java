package dev.lectern;

import dev.lectern.embedded.Owner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of the same home, where one runs there with an embedded database.
record RunningServer(@Nullable Owner owner, @Nullable String adminToken) {

    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// Has it run a task now. Others learn what has changed from the database.
    void run(String task) {
        if (owner == null || owner.adminUrl() == null) {
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(owner.adminUrl() + "/tasks/" + task))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody());
        if (adminToken != null) {
            request.header("Authorization", "Bearer " + adminToken);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            LOG.warn("The running server could not be told of {}; it learns of the change later", task, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
