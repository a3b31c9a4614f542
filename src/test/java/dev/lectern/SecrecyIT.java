package dev.lectern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.StubNeonApi;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Every secret but the key that imports the book holds one word, and whatever Lectern says to anybody has neither.
@Isolated
class SecrecyIT {

    private static final String WORD = "hunter2";
    private static final String ADMIN_TOKEN = "operators bear " + WORD;

    private static final List<String> ADMIN_PAGES = List.of(
            "/",
            "/api/snapshot",
            "/api/timeline",
            "/api/routes",
            "/api/connections",
            "/api/warmup",
            "/api/fleet",
            "/api/config",
            "/api/capacity",
            "/metrics",
            "/healthcheck",
            "/health-check?type=ready",
            "/threads",
            "/tasks/no-such-task",
            "/api/no-such-page");

    @Test
    void nothing_that_lectern_says_holds_a_secret() {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        StringBuilder said = new StringBuilder();
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                StubNeonApi neon = new StubNeonApi()) {
            model.fails(401, "{\"error\": {\"message\": \"Incorrect API key provided: " + WORD + "\"}}");
            try (LecternServer lectern = LecternServer.start(
                            "postgresql://postgres:" + WORD + "@127.0.0.1:" + TestPostgres.port() + "/"
                                    + TestPostgres.freshDatabase(),
                            secrets(model, neon))
                    .withPoolsBook()) {
                talk(lectern, said);
                neon.awaitQuestions(1);
            }
            try (LecternServer refused = LecternServer.start(
                    "postgresql://nobody:" + WORD + "@127.0.0.1:" + TestPostgres.port() + "/postgres",
                    secrets(model, neon))) {
                talk(refused, said);
            }
        } finally {
            System.setOut(terminal);
        }

        assertThat(said).contains("access.adminToken");
        assertThat(printed.toString(UTF_8)).contains("Lectern ready");
        assertThat((said + printed.toString(UTF_8)).lines())
                .noneMatch(line -> line.contains(WORD) || line.contains(LecternServer.API_KEY));
    }

    private static Map<String, String> secrets(StubLanguageModelServer model, StubNeonApi neon) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("database.directUrl", "postgresql://postgres:" + WORD + "@127.0.0.1:1/none"),
                Map.entry("access.tokenSecret", "signs the tokens of readers: " + WORD),
                Map.entry("access.previousTokenSecrets", "signed the tokens of readers: " + WORD),
                Map.entry("access.adminToken", ADMIN_TOKEN),
                Map.entry("llm.model", "openai"),
                Map.entry("llm.openai.baseUrl", model.baseUrl().toString()),
                Map.entry("llm.openai.apiKey", WORD),
                Map.entry("neonApi.url", neon.url().toString()),
                Map.entry("neonApi.key", WORD),
                Map.entry("neonApi.project", StubNeonApi.PROJECT),
                Map.entry("neonApi.endpoint", StubNeonApi.ENDPOINT),
                Map.entry("logging.level", "DEBUG"),
                Map.entry("logging.appenders[0].format", "json"),
                Map.entry("database.requestDeadline", "500ms")));
    }

    private static void talk(LecternServer lectern, StringBuilder said) {
        try (LecternClient reader = lectern.reader();
                LecternClient forger = new LecternClient(lectern.url()).bearing(WORD);
                OperatorClient operator = new OperatorClient(lectern)) {
            said.append(reader.post("/conversations", "{\"book\": \"pools\"}")).append('\n');
            said.append(reader.post("/chat", "{\"query\": \"What is a permit?\"}"))
                    .append('\n');
            said.append(reader.get("/conversations")).append('\n');
            said.append(forger.get("/conversations")).append('\n');
            said.append(forger.put("/books/pools", new byte[0], "application/zip"))
                    .append('\n');
            for (String page : ADMIN_PAGES) {
                said.append(operator.get(page)).append('\n');
                said.append(operator.get(page, "Authorization", "Bearer " + ADMIN_TOKEN))
                        .append('\n');
            }
        }
    }
}
