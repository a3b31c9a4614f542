package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.pooler.TransactionPooler;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Behind a pooler in transaction mode no statement may need what another has left in its session, nor leave anything.
class PooledIT {

    /// How often everything is done: more often than it takes pgjdbc to prepare a statement under a name.
    private static final int ROUNDS = 8;

    private final String database = TestPostgres.freshDatabase();
    private TransactionPooler pooler;
    private LecternServer lectern;
    private LecternClient reader;

    @BeforeEach
    void start() {
        pooler = TransactionPooler.open(TestPostgres.port(), "postgres", database, 3);
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + pooler.port() + "/" + database
                                + "?sslmode=disable&options=endpoint%3Dep-test-pooler",
                        Map.of("database.directUrl", TestPostgres.jdbcUrl(database)))
                .withPoolsBook();
        reader = lectern.reader();
    }

    @AfterEach
    void stop() {
        reader.close();
        lectern.close();
        pooler.close();
    }

    @Test
    void every_request_is_served_though_no_transaction_runs_in_the_session_of_the_last_and_none_leaves_anything_in_one()
            throws SQLException {
        askReadAndDelete();

        // Seen from outside, for the sessions are the pooler's.
        assertThat(strings("SELECT mode || ' ' || locktype FROM pg_locks JOIN pg_stat_activity USING (pid)"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                .isEmpty();
        assertThat(strings("SELECT state FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND state <> 'idle'"))
                .isEmpty();
        assertThat(strings("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'pg_temp%'"))
                .isEmpty();
        // And from inside: the same client asks every session in turn.
        assertThat(pooledStrings("SELECT name FROM pg_settings WHERE source = 'session'"
                        // The asking statement's own transaction has these.
                        + " AND name NOT LIKE 'transaction\\_%'"))
                .isEmpty();
        assertThat(pooledStrings("SELECT * FROM pg_listening_channels()")).isEmpty();
    }

    private void askReadAndDelete() {
        for (int round = 0; round < ROUNDS; round++) {
            String conversation = reader.converse("pools");
            Reply answer = reader.ask(conversation, "What is a permit?", "Idempotency-Key", "key-" + round);
            assertThat(answer.json().at("/saved").asBoolean()).isTrue();
            List<Event> stream = reader.stream(conversation, "And what is a pool?");
            assertThat(stream.getLast().data().at("/saved").asBoolean()).isTrue();
            Reply messages = reader.get("/conversations/" + conversation + "/messages");
            assertThat(messages.json().at("/items")).hasSize(4);
            String message = messages.json().at("/items/1/id").asText();
            assertThat(reader.put("/messages/" + message + "/feedback", "{\"rating\": \"like\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(reader.get("/conversations").status()).isEqualTo(200);
            assertThat(reader.delete("/conversations/" + conversation).status()).isEqualTo(204);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        try (Connection connection = TestPostgres.administrator(database)) {
            return strings(connection, sql);
        }
    }

    private List<String> pooledStrings(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        String url = "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/" + database
                + "?user=postgres&sslmode=disable&assumeMinServerVersion=12";
        try (Connection connection = DriverManager.getConnection(url)) {
            for (int session = 0; session < 3; session++) {
                all.addAll(strings(connection, sql));
            }
        }
        return all;
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
