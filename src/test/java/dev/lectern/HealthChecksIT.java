package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What `/healthcheck` on the admin port shows of a running server.
class HealthChecksIT {

    private static StubLanguageModelServer model;
    private static WireTap tap;
    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        model = new StubLanguageModelServer();
        tap = WireTap.open("127.0.0.1", TestPostgres.port());
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + TestPostgres.freshDatabase()
                                + "?sslmode=disable",
                        Map.of(
                                "llm.model", "openai",
                                "llm.openai.baseUrl", model.baseUrl().toString(),
                                "warmup.policy", "off",
                                "warmup.earlyWake", "false"))
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
        tap.close();
        model.close();
    }

    @Test
    void shows_each_check_and_asks_the_database_nothing() throws Exception {
        tap.reset();

        JsonNode checks = checks();

        assertThat(message(checks, "database")).isEqualTo("READY");
        assertThat(message(checks, "pool")).isEqualTo("0 of 16 connections in use, 0 waiting");
        assertThat(message(checks, "migrations")).isEqualTo("up to date");
        assertThat(message(checks, "books")).startsWith("1 served, revision ");
        assertThat(message(checks, "warm-up-budget")).isNotEmpty();
        assertThat(checks.has("embedding-model")).isTrue();
        for (String name : new String[] {"database", "pool", "migrations", "books", "warm-up-budget"}) {
            assertThat(checks.at("/" + name + "/healthy").asBoolean()).as(name).isTrue();
        }
        assertThat(tap.counts().roundTrips()).isZero();
        assertThat(tap.counts().connections()).isZero();
    }

    @Test
    void tells_that_the_language_model_failed_until_it_answers_again() throws Exception {
        try (LecternClient reader = lectern.reader()) {
            String conversation = reader.converse("pools");
            model.fails(503, "{}");
            reader.ask(conversation, "What is a permit?");

            assertThat(checks().at("/language-model/healthy").asBoolean()).isFalse();
            assertThat(message(checks(), "language-model")).contains("failed", "fallback");

            model.answers("A permit is a right [1].");
            reader.ask(conversation, "What is a connection pool?");
            assertThat(checks().at("/language-model/healthy").asBoolean()).isTrue();
        }
    }

    private static String message(JsonNode checks, String name) {
        return checks.at("/" + name + "/message").asText();
    }

    private static JsonNode checks() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(lectern.adminUrl() + "/healthcheck"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(response.body());
        }
    }
}
