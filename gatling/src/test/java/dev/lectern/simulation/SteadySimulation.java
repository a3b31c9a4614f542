package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Readers of the handbook as they come on an ordinary day: they browse, search, ask, look back and say what they think.
 * All requests but the asking must end within 200 ms for 95 of 100.
 */
public class SteadySimulation extends Simulation {

    private static final int USERS = Integer.getInteger("users", 50);
    private static final Duration DURATION = Duration.parse(System.getProperty("duration", "PT60S"));
    private static final int TARGET_MS = 200;

    private static final List<Map<String, Object>> QUESTIONS = Stream.of(
                    "What is a connection pool?",
                    "How many connections does a small compute allow?",
                    "Why should no connection be held while a model talks?",
                    "What is an idempotency key?",
                    "What happens when the database sleeps?",
                    "What is reciprocal rank fusion?")
            .map(question -> Map.<String, Object>of("question", question))
            .toList();

    private final ChainBuilder arrive = http("new reader")
            .post("/readers")
            .check(status().is(201), jsonPath("$.token").saveAs("token"))
            .toChainBuilder();

    private final ChainBuilder browse = http("books")
            .get("/books")
            .check(status().is(200))
            .toChainBuilder()
            .exec(http("table of contents")
                    .get("/books/handbook")
                    .check(status().is(200), jsonPath("$.chapters[*].slug").findRandom().saveAs("chapter")))
            .exec(http("chapter")
                    .get("/books/handbook/chapters/#{chapter}")
                    .check(status().is(200)));

    private final ChainBuilder search = http("search")
            .get("/search")
            .queryParam("q", "#{question}")
            .queryParam("book", "handbook")
            .check(status().is(200))
            .toChainBuilder();

    private final ChainBuilder ask = http("new conversation")
            .post("/conversations")
            .header("Authorization", "Bearer #{token}")
            .body(StringBody("{\"book\": \"handbook\"}"))
            .check(status().is(201), jsonPath("$.id").saveAs("conversation"))
            .toChainBuilder()
            .exec(http("ask")
                    .post("/conversations/#{conversation}/messages")
                    .header("Authorization", "Bearer #{token}")
                    .body(StringBody("{\"question\": \"#{question}\"}"))
                    .check(status().is(200), jsonPath("$.id").saveAs("answer")));

    private final ChainBuilder lookBack = http("history")
            .get("/conversations/#{conversation}/messages")
            .header("Authorization", "Bearer #{token}")
            .check(status().is(200))
            .toChainBuilder()
            .exec(http("feedback")
                    .put("/messages/#{answer}/feedback")
                    .header("Authorization", "Bearer #{token}")
                    .body(StringBody("{\"rating\": \"like\"}"))
                    .check(status().is(200)))
            .exec(http("conversations")
                    .get("/conversations")
                    .header("Authorization", "Bearer #{token}")
                    .check(status().is(200)));

    private final ScenarioBuilder reader = scenario("reader")
            .exec(
                    feed(listFeeder(QUESTIONS).random()),
                    arrive,
                    browse,
                    pause(Duration.ofMillis(500), Duration.ofSeconds(2)),
                    search,
                    pause(Duration.ofMillis(500), Duration.ofSeconds(2)),
                    ask,
                    pause(Duration.ofMillis(500), Duration.ofSeconds(2)),
                    lookBack);

    {
        setUp(reader.injectClosed(
                        rampConcurrentUsers(1).to(USERS).during(Duration.ofSeconds(5)),
                        constantConcurrentUsers(USERS).during(DURATION)))
                .protocols(http.baseUrl(System.getProperty("url", "http://127.0.0.1:8080") + "/api/v1")
                        .contentTypeHeader("application/json")
                        .acceptHeader("application/json"))
                .assertions(assertions());
    }

    private static List<Assertion> assertions() {
        Stream<Assertion> fast = Stream.of(
                        "new reader",
                        "books",
                        "table of contents",
                        "chapter",
                        "search",
                        "new conversation",
                        "history",
                        "feedback",
                        "conversations")
                .map(name -> details(name).responseTime().percentile(95).lt(TARGET_MS));
        return Stream.concat(fast, Stream.of(global().failedRequests().count().is(0L)))
                .toList();
    }
}
