package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A reader of the handbook on an ordinary day: browses, searches, asks, looks back, says what they think of it, and
/// goes.
/// Another comes in their place. Where no conversation can be had they ask without one, as the widget does.
final class Reader {

    private static final List<Map<String, Object>> QUESTIONS = Stream.of(
                    "What is a connection pool?",
                    "How many connections does a small compute allow?",
                    "Why should no connection be held while a model talks?",
                    "What is an idempotency key?",
                    "What happens when the database sleeps?",
                    "What is reciprocal rank fusion?")
            .map(question -> Map.<String, Object>of("question", question))
            .toList();
    private static final String BEARER = "Bearer #{token}";

    private final Requests requests;

    private Reader(Requests requests) {
        this.requests = requests;
    }

    static ScenarioBuilder scenarioOf(Requests requests) {
        Reader reader = new Reader(requests);
        return scenario("reader")
                .exec(feed(listFeeder(QUESTIONS).random()))
                .exec(reader.browse(), think(), reader.search(), think(), reader.ask(), think(), reader.lookBack());
    }

    private static ChainBuilder think() {
        return pause(Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    private ChainBuilder browse() {
        return requests.recorded(
                        "new reader", http("new reader").post("/readers").check(optional("token", "$.token")))
                .exec(requests.recorded("books", http("books").get("/books")))
                .exec(requests.recorded(
                        "table of contents",
                        http("table of contents")
                                .get("/books/handbook")
                                .check(jsonPath("$.chapters[*].slug")
                                        .findRandom()
                                        .saveAs("chapter"))))
                .exec(requests.recorded("chapter", http("chapter").get("/books/handbook/chapters/#{chapter}")));
    }

    private ChainBuilder search() {
        return requests.recorded(
                "search",
                http("search").get("/search").queryParam("q", "#{question}").queryParam("book", "handbook"));
    }

    private ChainBuilder ask() {
        ChainBuilder inConversation = requests.recorded(
                "ask",
                answered(http("ask").post("/conversations/#{conversation}/messages"))
                        .header("Authorization", BEARER)
                        .body(StringBody("{\"question\": \"#{question}\"}")));
        ChainBuilder without = requests.recorded(
                "ask without conversation",
                http("ask without conversation")
                        .post("/chat")
                        .body(StringBody("{\"query\": \"#{question}\", \"book_id\": \"handbook\"}")));
        return requests.recorded(
                        "new conversation",
                        http("new conversation")
                                .post("/conversations")
                                .header("Authorization", BEARER)
                                .body(StringBody("{\"book\": \"handbook\"}"))
                                .check(optional("conversation", "$.id")))
                .exec(doIfOrElse(session -> session.contains("conversation"))
                        .then(inConversation)
                        .orElse(without));
    }

    private static HttpRequestActionBuilder answered(HttpRequestActionBuilder ask) {
        return ask.check(
                optional("answer", "$.id"),
                jsonPath("$.saved").optional().saveAs("saved"),
                optional(Requests.DEGRADED, "$.degraded.reason"),
                jsonPath("$.timings.backend_ms").ofInt().optional().saveAs(Requests.BACKEND_MS));
    }

    /// Only what is stored can be rated.
    private ChainBuilder lookBack() {
        ChainBuilder history = requests.recorded(
                "history",
                http("history").get("/conversations/#{conversation}/messages").header("Authorization", BEARER));
        ChainBuilder feedback = requests.recorded(
                "feedback",
                http("feedback")
                        .put("/messages/#{answer}/feedback")
                        .header("Authorization", BEARER)
                        .body(StringBody("{\"rating\": \"like\"}")));
        return exec(doIf(session -> session.contains("conversation")).then(history))
                .exec(doIf(session -> "true".equals(session.get("saved"))).then(feedback))
                .exec(requests.recorded(
                        "conversations",
                        http("conversations").get("/conversations").header("Authorization", BEARER)));
    }

    private static CheckBuilder optional(String attribute, String path) {
        return jsonPath(path).optional().saveAs(attribute);
    }
}
