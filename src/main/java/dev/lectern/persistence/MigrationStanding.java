package dev.lectern.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How the schema of a database stands to the migrations of this Lectern.
///
/// @param applied versions that the database has, ascending
/// @param missing versions that it lacks
/// @param unknown versions that it has and this Lectern does not know
/// @param failed versions whose migration did not end well
public record MigrationStanding(List<String> applied, List<String> missing, List<String> unknown, List<String> failed) {

    private static final String UNDEFINED_TABLE = "42P01";

    /// Asks the database: one round trip. Nothing is changed.
    public static MigrationStanding of(Connection connection) throws SQLException, IOException {
        Set<String> known = new TreeSet<>(MigrationFiles.versions());
        Set<String> applied = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT version, success FROM flyway_schema_history WHERE version IS NOT NULL
                        """)) {
            while (rows.next()) {
                (rows.getBoolean(2) ? applied : failed).add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        return new MigrationStanding(
                List.copyOf(applied),
                known.stream().filter(version -> !applied.contains(version)).toList(),
                applied.stream().filter(version -> !known.contains(version)).toList(),
                List.copyOf(failed));
    }

    /// Whether no migration was ever tried.
    public boolean untouched() {
        return applied.isEmpty() && failed.isEmpty();
    }
}
