package dev.lectern.console;

import dev.lectern.persistence.Database;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// The sessions at the server: one round trip.
///
/// @param application what Lectern calls itself there
record ServerSessionsDao(Database database, String application) {

    /// Texts in statements may be anybody's: what is between quotes is left out.
    private static final String SQL = """
            SELECT pid, coalesce(nullif(application_name, ''), '(unnamed)') AS application,
                   coalesce(usename, '(unknown)') AS role, state,
                   (extract(epoch FROM clock_timestamp() - state_change) * 1000)::bigint AS state_for_ms,
                   CASE WHEN wait_event_type <> 'Client' THEN wait_event_type || ': ' || wait_event END AS waits_on,
                   nullif(left(regexp_replace(regexp_replace(query, '''[^'']*''', '''…''', 'g'), '\\s+', ' ', 'g'), 300),
                          '') AS sql,
                   pg_blocking_pids(pid) AS blocked_by
            FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
            ORDER BY state = 'active' DESC, state_change
            LIMIT 200""";

    List<ServerSession> sessions() {
        return database.observe(
                handle -> handle.createQuery(SQL).map((row, _) -> session(row)).list());
    }

    private ServerSession session(ResultSet row) throws SQLException {
        String name = row.getString("application");
        long age = row.getLong("state_for_ms");
        boolean ageless = row.wasNull();
        return new ServerSession(
                row.getInt("pid"),
                name,
                row.getString("role"),
                row.getString("state"),
                ageless ? null : age,
                row.getString("waits_on"),
                row.getString("sql"),
                pids(row.getArray("blocked_by")),
                name.equals(application));
    }

    private static List<Integer> pids(Array array) throws SQLException {
        return Arrays.asList((Integer[]) array.getArray());
    }
}
