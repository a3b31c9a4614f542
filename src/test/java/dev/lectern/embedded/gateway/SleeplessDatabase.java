package dev.lectern.embedded.gateway;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// An embedded database that is never suspended by itself, wakes at once, and has a table for notes.
final class SleeplessDatabase implements AutoCloseable {

    private final EmbeddedDatabase database;

    SleeplessDatabase(Path home) throws SQLException {
        GatewaySettings sleepless =
                GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withWakeDelay(Duration.ZERO);
        database = EmbeddedDatabase.start(Homes.settings(home).withGateway(sleepless));
        Homes.execute(database.jdbcUrl(), "CREATE TABLE notes (note text)");
    }

    String url() {
        return database.jdbcUrl();
    }

    Compute compute() {
        return database.gateway().compute();
    }

    Faults faults() {
        return database.gateway().faults();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    String query(String sql) throws SQLException {
        return Homes.query(url(), sql);
    }

    /// How many notes have this text.
    String notes(String note) throws SQLException {
        return query("SELECT count(*) FROM notes WHERE note = '" + note + "'");
    }

    static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    static void write(Connection connection, String note) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO notes VALUES (?)")) {
            insert.setString(1, note);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
