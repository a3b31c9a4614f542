package dev.lectern.cli.probe;

import dev.lectern.neon.monitor.SlotHolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// How many connections a server has, and who holds them.
///
/// @param maximum `max_connections`, or less where role or database are allowed less
/// @param reserved what only superusers and roles with `pg_use_reserved_connections` get
/// @param holders most connections first; the asker is among them
record Limits(int maximum, int reserved, List<SlotHolder> holders) {

    private static final String LIMITS = """
            SELECT current_setting('max_connections')::int,
                   current_setting('superuser_reserved_connections')::int
                     + coalesce(current_setting('reserved_connections', true), '0')::int,
                   (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
                   (SELECT datconnlimit FROM pg_database WHERE datname = current_database())""";

    /// Of sessions of other roles' the kind is hidden from a role without `pg_read_all_stats`, but not whose they are.
    private static final String HOLDERS = """
            SELECT coalesce(nullif(application_name, ''), '(unnamed)'), coalesce(usename, '(unknown)'), count(*)::int
            FROM pg_stat_activity
            WHERE coalesce(backend_type, 'client backend') = 'client backend'
              AND datid IS NOT NULL AND usesysid IS NOT NULL
            GROUP BY 1, 2
            ORDER BY 3 DESC, 1, 2""";

    /// Asks the server: two round trips.
    static Limits read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int maximum;
            int reserved;
            try (ResultSet row = statement.executeQuery(LIMITS)) {
                row.next();
                maximum = row.getInt(1);
                reserved = row.getInt(2);
                for (int column : new int[] {3, 4}) {
                    int limit = row.getInt(column);
                    if (limit >= 0 && limit + reserved < maximum) { // -1 is none
                        maximum = limit + reserved;
                    }
                }
            }
            List<SlotHolder> holders = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(HOLDERS)) {
                while (rows.next()) {
                    holders.add(new SlotHolder(rows.getString(1), rows.getString(2), rows.getInt(3)));
                }
            }
            return new Limits(maximum, reserved, List.copyOf(holders));
        }
    }

    int usable() {
        return maximum - reserved;
    }

    int inUse() {
        return holders.stream().mapToInt(SlotHolder::connections).sum();
    }

    int free() {
        return Math.max(0, usable() - inUse());
    }
}
