package dev.lectern.cli.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the role may do.
///
/// @param schema where its tables are made; null where the search path leads nowhere
/// @param creates whether it may make tables there
/// @param readOnly whether the server refuses to write
/// @param replica whether the server is one
/// @param present which of Lectern's tables there are
/// @param unreadable which of these it may not read
/// @param unwritable which of these it may not write
record Rights(
        String role,
        @Nullable String schema,
        boolean creates,
        boolean readOnly,
        boolean replica,
        List<String> present,
        List<String> unreadable,
        List<String> unwritable) {

    /// Lectern's tables.
    static final List<String> TABLES = List.of(
            "library",
            "book",
            "chapter",
            "passage",
            "conversation",
            "message",
            "idempotency_key",
            "api_key",
            "warmup_hour",
            "warmup_history");

    private static final String ROLE = """
            SELECT current_user, current_schema(),
                   coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
                   current_setting('transaction_read_only')::boolean,
                   pg_is_in_recovery()""";

    /// Of API keys the server writes when they were last used, and nothing else.
    private static final String ON_TABLES = """
            SELECT name,
                   has_table_privilege(relation, 'SELECT'),
                   CASE WHEN name = 'api_key' THEN has_column_privilege(relation, 'last_used_at', 'UPDATE')
                        ELSE has_table_privilege(relation, 'INSERT') AND has_table_privilege(relation, 'UPDATE')
                          AND has_table_privilege(relation, 'DELETE') END
            FROM (SELECT name, to_regclass(name) AS relation FROM unnest('{%s}'::text[]) AS name) AS ours
            WHERE relation IS NOT NULL""".formatted(String.join(",", TABLES));

    /// Asks the server: two round trips. Nothing is written.
    static Rights read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> present = new ArrayList<>();
            List<String> unreadable = new ArrayList<>();
            List<String> unwritable = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(ON_TABLES)) {
                while (rows.next()) {
                    present.add(rows.getString(1));
                    if (!rows.getBoolean(2)) {
                        unreadable.add(rows.getString(1));
                    }
                    if (!rows.getBoolean(3)) {
                        unwritable.add(rows.getString(1));
                    }
                }
            }
            try (ResultSet row = statement.executeQuery(ROLE)) {
                row.next();
                return new Rights(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4) || row.getBoolean(5),
                        row.getBoolean(5),
                        List.copyOf(present),
                        List.copyOf(unreadable),
                        List.copyOf(unwritable));
            }
        }
    }
}
