package dev.lectern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// One word in everything that a reader says and is told, while all goes well, and while the database and the language
/// model refuse it: it is in no line of the log, however much is logged, and nowhere on the operators' port.
class PrivacyIT {

    private static final String WORD = "unicorns";

    private static final List<String> PAGES = List.of(
            "/metrics",
            "/api/snapshot",
            "/api/timeline",
            "/api/routes",
            "/api/connections",
            "/api/warmup",
            "/api/fleet",
            "/api/config",
            "/api/capacity",
            "/api/embedded",
            "/healthcheck",
            "/threads");

    private final String database = TestPostgres.freshDatabase();
    private final StringBuilder shown = new StringBuilder();

    @ParameterizedTest
    @ValueSource(strings = {"extractive", "openai"})
    void what_readers_say_is_neither_logged_nor_shown_to_operators(String kind) throws Exception {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        String token;
        try (StubLanguageModelServer model = new StubLanguageModelServer();
                LecternServer lectern = LecternServer.start(
                                TestPostgres.jdbcUrl(database),
                                Map.of(
                                        "llm.model",
                                        kind,
                                        "llm.openai.baseUrl",
                                        model.baseUrl().toString(),
                                        "logging.level",
                                        "DEBUG",
                                        "logging.loggers.dev\\.lectern",
                                        "TRACE",
                                        "logging.loggers.com\\.zaxxer\\.hikari",
                                        "TRACE",
                                        "logging.appenders[0].format",
                                        "json"))
                        .withPoolsBook();
                LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(LoggerFactory.getLogger("com.zaxxer.hikari.pool").isTraceEnabled())
                    .isTrue();
            assertThat(LoggerFactory.getLogger("dev.langchain4j").isDebugEnabled())
                    .isTrue();
            model.answers("A permit of ", "unicorns is a right [1].");
            token = Objects.requireNonNull(reader.token());
            assertThat(talk(reader, 1)).isEqualTo(200);
            look(operator);
            refuseWhatReadersSay();
            assertThat(talk(reader, 2)).isEqualTo(500);
            look(operator);
            model.fails(400, "{\"error\": {\"message\": \"No answer to: What is a permit of unicorns?\"}}");
            execute("ALTER TABLE message RENAME TO gone");
            assertThat(talk(reader, 3)).isEqualTo(500);
            look(operator);
        } finally {
            System.setOut(terminal);
        }

        assertThat(printed.toString(UTF_8)).contains("no_unicorn");
        assertThat((printed.toString(UTF_8) + shown).lines())
                // What the tests' own PostgreSQL prints.
                .filteredOn(line -> !line.contains("io.zonky"))
                .noneMatch(line -> line.contains(WORD))
                .noneMatch(line -> line.contains(token));
    }

    /// Says the word wherever something can be said.
    ///
    /// @return what became of a question
    private static int talk(LecternClient reader, int time) {
        String id = reader.post("/conversations", "{\"title\": \"Of unicorns\"}", "Idempotency-Key", "unicorns " + time)
                .json()
                .at("/id")
                .asText("none");
        reader.patch("/conversations/" + id, "{\"title\": \"More of unicorns\"}");
        Reply answer = reader.post("/conversations/" + id + "/messages", """
                {"question": "What is a permit of unicorns?", "selected_text": "unicorns",
                 "page_url": "https://unicorns.example/unicorns"}
                """, "Idempotency-Key", "unicorns-" + time);
        reader.stream(id, "What is a pool of unicorns?");
        reader.put(
                "/messages/" + (answer.status() == 200 ? answer.json().at("/id").asText() : id) + "/feedback",
                "{\"rating\": \"like\", \"comment\": \"unicorns\"}");
        reader.put("/messages/" + id + "/feedback", "{\"rating\": \"unicorns\"}");
        reader.post("/chat", "{\"query\": \"Where are unicorns?\", \"selected_text\": \"unicorns\"}");
        reader.post("/chat", "{\"query\": \"Where are unicorns?\", \"unicorns\": 1}");
        reader.post("/chat", "{\"query\": \"Where are unicorns");
        reader.get("/search?q=unicorns");
        reader.get("/search?q=unicorns&book=unicorns");
        reader.get("/books/unicorns?unicorns=unicorns", "X-Unicorns", "unicorns", "Accept", "unicorns/unicorns");
        reader.get("/readers/me/export");
        return answer.status();
    }

    private void look(OperatorClient operator) {
        PAGES.forEach(page -> shown.append(operator.get(page).body()).append('\n'));
    }

    /// As a bug would: by an error whose detail quotes the row.
    private void refuseWhatReadersSay() throws SQLException {
        execute("ALTER TABLE message ADD CONSTRAINT no_unicorn CHECK (content NOT LIKE '%" + WORD + "%') NOT VALID");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = TestPostgres.administrator(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
