package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.neondropwizard.NeonConfiguration;
import dev.lectern.problem.ProblemException;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lectern with the roles of `docs/roles.sql`: an owner who is no superuser, and one who may work with rows.
class RolesIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static LecternServer lectern;

    @BeforeAll
    static void start() throws Exception {
        try (Connection administrator = TestPostgres.administrator();
                Statement statement = administrator.createStatement()) {
            statement.execute("CREATE ROLE book_owner LOGIN CREATEROLE PASSWORD 'owner'");
            statement.execute("CREATE DATABASE roles OWNER book_owner TEMPLATE template0");
        }
        script();
        lectern = LecternServer.start(
                        url("lectern_app"),
                        Map.of("database.directUrl", url("book_owner"), "privacy.keepConversations", "1h"))
                .withPoolsBook();
        script();
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    private static void script() throws SQLException, IOException {
        as("book_owner", Files.readString(Path.of("docs/roles.sql")));
    }

    @Test
    void everything_is_served() {
        try (LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String id = reader.converse("pools");
            LecternClient.Reply answer = reader.ask(id, "What is a permit?", "Idempotency-Key", "a");
            assertThat(answer.json().at("/saved").asBoolean()).isTrue();
            assertThat(reader.stream(id, "What is a pool?").getLast().name()).isEqualTo("done");
            assertThat(List.of(
                            reader.get("/books").status(),
                            reader.get("/books/pools").status(),
                            reader.get("/search?q=permit").status(),
                            reader.get("/conversations").status(),
                            reader.get("/conversations/" + id).status(),
                            reader.get("/conversations/" + id + "/messages").status(),
                            reader.patch("/conversations/" + id, "{\"title\": \"Pools\"}")
                                    .status(),
                            reader.put("/messages/" + answer.json().at("/id").asText() + "/feedback", "{}")
                                    .status(),
                            reader.post("/chat", "{\"query\": \"What is a permit?\"}")
                                    .status(),
                            reader.get("/readers/me/export").status(),
                            lectern.importBook("pools", Map.of("1.md", "# Another\nIt is another."))
                                    .status()))
                    .containsOnly(200);
            assertThat(reader.delete("/conversations/" + id).status()).isEqualTo(204);
            assertThat(reader.delete("/readers/me").status()).isEqualTo(204);
            assertThat(operator.get("/api/connections").status()).isEqualTo(200);
            assertThat(operator.get("/api/snapshot").status()).isEqualTo(200);
            assertThat(operator.get("/health-check?type=ready").status()).isEqualTo(200);
            assertThat(operator.send("POST", "/tasks/warm-up", "").body()).contains("awake");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE message",
                "TRUNCATE message",
                "ALTER TABLE message ADD COLUMN mine text",
                "CREATE TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "CREATE INDEX mine ON message (content)",
                "CREATE ROLE mine",
                "CREATE DATABASE mine",
                "DELETE FROM flyway_schema_history",
                "UPDATE flyway_schema_history SET success = false",
                "COPY message TO PROGRAM 'cat'",
                "ALTER SYSTEM SET work_mem = '1GB'",
                "CREATE TEMPORARY TABLE mine (id int)",
                "INSERT INTO api_key (id, name, scopes, hash, created_at) VALUES ('a', 'a', '{admin:act}', '', now())",
                "UPDATE api_key SET scopes = '{admin:act}'",
                "UPDATE api_key SET hash = ''",
                "UPDATE api_key SET revoked_at = NULL",
                "DELETE FROM api_key"
            })
    void the_role_of_the_process_may_do_nothing_but_work_with_rows(String sql) {
        assertThatThrownBy(() -> as("lectern_app", sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void keys_are_made_by_the_owner_and_their_use_is_noted_by_the_process() throws SQLException {
        assertThatThrownBy(() -> create(url("lectern_app"), null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("DATABASE_URL_DIRECT");
        ApiKeyRegister.Created key = create(url("lectern_app"), url("book_owner"));

        try (OperatorClient operator = new OperatorClient(lectern)) {
            String refresh = "/tasks/refresh-api-keys";
            assertThat(operator.send("POST", refresh, "").status()).isEqualTo(200);
            assertThat(operator.get("/metrics", "Authorization", "Bearer " + key.text())
                            .status())
                    .isEqualTo(200);
            assertThat(operator.send("POST", refresh, "").status()).isEqualTo(200);
        }
        assertThat(used(key.key().id())).isTrue();
    }

    @Test
    void who_has_one_role_makes_keys_with_it() {
        assertThat(create(url("book_owner"), null).text()).startsWith("lk_");
    }

    @Test
    void what_a_later_migration_makes_can_be_used() throws SQLException {
        as("book_owner", "CREATE TABLE later (id int)");

        as("lectern_app", "INSERT INTO later VALUES (1); UPDATE later SET id = 2; DELETE FROM later");
    }

    private static ApiKeyRegister.Created create(String url, @Nullable String directUrl) {
        LecternConfiguration configuration = new LecternConfiguration();
        configuration.setDatabase(
                NeonConfiguration.of(url, directUrl, null, null, null, null, null, null, null, null, null, null));
        try (KeySession session = KeySession.open(configuration)) {
            return session.keys().create("Prometheus", Set.of(Scope.ADMIN_READ), null);
        }
    }

    private static boolean used(String key) throws SQLException {
        try (Connection connection = TestPostgres.administrator("roles");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT last_used_at IS NOT NULL FROM api_key WHERE id = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static void as(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + TestPostgres.port() + "/roles", role, "any");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String url(String role) {
        return "postgresql://" + role + ":any@127.0.0.1:" + TestPostgres.port() + "/roles";
    }
}
