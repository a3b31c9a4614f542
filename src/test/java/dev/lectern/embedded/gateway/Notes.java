package dev.lectern.embedded.gateway;

import dev.lectern.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A table of notes, for tests that read and write.
final class Notes {

    static final String TABLE = "CREATE TABLE notes (note text)";

    private Notes() {}

    /// How many notes have this text.
    static String count(SharedDatabase database, String note) throws SQLException {
        return database.query("SELECT count(*) FROM notes WHERE note = '" + note + "'");
    }

    /// Reads a 1.
    static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    static void write(Connection connection, String note) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO notes VALUES (?)")) {
            insert.setString(1, note);
            insert.executeUpdate();
        }
    }
}
