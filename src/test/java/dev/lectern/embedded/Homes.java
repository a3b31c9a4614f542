package dev.lectern.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;

/// Homes for the tests of this package: all share one unpacked program, below the build's own folder.
public final class Homes {

    public static final Path BINARIES = Path.of("target", "postgresql").toAbsolutePath();

    private Homes() {}

    public static EmbeddedDatabaseSettings settings(Path home) {
        return new EmbeddedDatabaseSettings(home, OptionalInt.empty(), BINARIES);
    }

    public static String query(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    public static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
