package dev.lectern.fastpath;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.WireTap;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A reader with a conversation of twenty messages, and what Lectern does for the two reads of it.
///
/// @param token the reader's
/// @param statements the statements that went over the wire, with `$1` for a parameter
/// @param bodies what the reader was answered
record Seed(String token, String reader, String conversation, Map<Read, String> statements, Map<Read, String> bodies) {

    static final int MESSAGES = 20;

    /// Signs the tokens of all servers that are measured.
    static final String SECRET = "the secret of a measurement on one machine";

    /// Fills a database.
    static Seed in(DirectDatabase database) throws SQLException {
        try (WireTap tap = WireTap.open("127.0.0.1", database.port());
                LecternServer lectern = LecternServer.start(
                                database.jdbcUrl(tap.port()), Map.of("access.tokenSecret", SECRET))
                        .withPoolsBook();
                LecternClient client = lectern.reader()) {
            String conversation = client.converse("pools");
            for (int i = 0; i < MESSAGES / 2; i++) {
                client.ask(conversation, "What is a permit?");
            }
            Map<Read, String> statements = new EnumMap<>(Read.class);
            Map<Read, String> bodies = new EnumMap<>(Read.class);
            for (Read read : Read.values()) {
                tap.reset();
                Reply reply = client.get(read.path(conversation));
                List<String> sent = tap.counts().statements();
                if (reply.status() != 200 || sent.size() != 1) {
                    throw new IllegalStateException("read by " + sent + ": " + reply);
                }
                statements.put(read, sent.getFirst());
                bodies.put(read, reply.body());
            }
            Seed seed = new Seed(
                    Objects.requireNonNull(client.token()),
                    reader(database, conversation),
                    conversation,
                    statements,
                    bodies);
            seed.refuseOtherRows(database);
            return seed;
        }
    }

    /// The statement of a read as a script of pgbench, whose variables `p1`, `p2`, … are the parameters.
    String script(Read read) {
        return statement(read).replaceAll("\\$(\\d+)", ":p$1") + ";\n";
    }

    /// The statement of a read for JDBC, on one line.
    String jdbc(Read read) {
        return statement(read).replaceAll("\\$\\d+", "?").replaceAll("\\s+", " ");
    }

    /// What a reader is answered.
    String body(Read read) {
        return Objects.requireNonNull(bodies.get(read));
    }

    private String statement(Read read) {
        return Objects.requireNonNull(statements.get(read)).strip();
    }

    private static String reader(DirectDatabase database, String conversation) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT reader FROM conversation WHERE id = '%s'".formatted(conversation))) {
            row.next();
            return row.getString(1);
        }
    }

    /// With the parameters that pgbench is given, the statement finds what it found for Lectern.
    private void refuseOtherRows(DirectDatabase database) throws SQLException {
        for (Read read : Read.values()) {
            String sql = statement(read);
            List<String> parameters = read.parameters(this);
            for (int i = 0; i < parameters.size(); i++) {
                sql = sql.replace("$" + (i + 1), "'" + parameters.get(i) + "'");
            }
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(id) FROM (" + sql + ")")) {
                rows.next();
                if (rows.getInt(1) != read.rows()) {
                    throw new IllegalStateException(rows.getInt(1) + " rows by " + sql);
                }
            }
        }
    }
}
