package dev.lectern.embedded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.OptionalInt;

/// A process that owns a home, and tells on its output each row that the database has acknowledged, until it is killed.
final class AcknowledgedWriter {

    /// Begins the lines that tell of rows: the log goes to the same output.
    static final String ROW = "acknowledged ";

    private AcknowledgedWriter() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var settings = new EmbeddedDatabaseSettings(Path.of(arguments[0]), OptionalInt.empty(), Path.of(arguments[1]));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings);
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            database.announceAdmin("http://127.0.0.1:1/");
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE acknowledged (n bigint PRIMARY KEY)");
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO acknowledged VALUES (?)")) {
                for (long n = 1; ; n++) {
                    insert.setLong(1, n);
                    insert.executeUpdate();
                    out.println(ROW + n);
                }
            }
        }
    }
}
