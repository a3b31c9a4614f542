package dev.lectern.fastpath;

import dev.lectern.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/// The server of an embedded database on its own port: past the gateway, which works in another process here and would
/// cost what Neon's proxy costs on a machine of its own.
///
/// @param gatewayUrl how to connect by way of the gateway
/// @param port the server's own
/// @param postmaster the server's first process
record DirectDatabase(String gatewayUrl, int port, long postmaster) {

    static DirectDatabase of(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT inet_server_port(), pg_backend_pid()")) {
            row.next();
            long postmaster = ProcessHandle.of(row.getLong(2))
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .orElseThrow();
            return new DirectDatabase(database.jdbcUrl(), row.getInt(1), postmaster);
        }
    }

    String jdbcUrl() {
        return jdbcUrl(port);
    }

    /// The same by way of another port.
    String jdbcUrl(int other) {
        return gatewayUrl.replaceFirst("(127\\.0\\.0\\.1):\\d+", "$1:" + other);
    }

    /// The same for libpq.
    Map<String, String> variables() {
        Properties properties = Objects.requireNonNull(Driver.parseURL(jdbcUrl(), null));
        return Map.of(
                "PGHOST", properties.getProperty("PGHOST"),
                "PGPORT", properties.getProperty("PGPORT"),
                "PGDATABASE", properties.getProperty("PGDBNAME"),
                "PGUSER", properties.getProperty("user"),
                "PGPASSWORD", properties.getProperty("password"),
                "PGSSLMODE", "disable");
    }

    void analyze() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE conversation, message, library");
        }
    }
}
