package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Up to twenty times as many requests as the database can serve, from clients who do not care that they are refused.
///
/// The database is made the scarce thing, by few connections and a long round trip: so that there is processor enough
/// for the client to be twenty times too many on the same machine. What it can serve is their quotient.
public class OverloadSimulation extends LoadSimulation {

    private static final double[] STAGES = {1, 2, 5, 20};
    private static final double CALM = 0.5;
    private static final int CHAPTERS_PER_SECOND = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token = call("/readers", "", "{}").path("token").asText();
    private final String conversation =
            call("/conversations", token, "{\"book\": \"handbook\"}").path("id").asText();

    {
        double capacity = admin.snapshot().path("pool").path("maximum").asInt()
                * 1e9
                / target.roundTrip().toNanos();
        double part = 1.0 / (STAGES.length + 1);
        List<OpenInjectionStep> steps = new ArrayList<>();
        steps.add(rampUsersPerSec(capacity)
                .to(capacity * STAGES[STAGES.length - 1])
                .during(super.warmUp()));
        steps.add(constantUsersPerSec(capacity * CALM).during(super.warmUp()));
        for (int i = 0; i < STAGES.length; i++) {
            at(share(i * part), "stage " + (int) STAGES[i] + "x", () -> {});
            steps.add(constantUsersPerSec(capacity * STAGES[i]).during(share(part)));
        }
        at(share(1 - part), "stage over", () -> {});
        steps.add(constantUsersPerSec(capacity * CALM).during(share(part)));
        Requests refusable = new Requests(records, true);
        Requests sure = new Requests(records, false);
        run(
                scenario("flood")
                        .exec(refusable.recorded(
                                "history",
                                http("history")
                                        .get("/conversations/" + conversation + "/messages")
                                        .header("Authorization", "Bearer " + token)))
                        .injectOpen(steps),
                scenario("readers of chapters")
                        .exec(sure.recorded(
                                "chapter", http("chapter").get("/books/handbook/chapters/connection-pools")))
                        .injectOpen(constantUsersPerSec(CHAPTERS_PER_SECOND).during(warmUp().plus(target.duration()))));
    }

    /// A JVM that has not seen a flood falls behind: it sees one, and gets the time to catch up.
    @Override
    Duration warmUp() {
        return super.warmUp().multipliedBy(2);
    }

    @Override
    HttpProtocolBuilder protocol() {
        return super.protocol().shareConnections();
    }

    private JsonNode call(String path, String bearer, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target.api() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + bearer)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
