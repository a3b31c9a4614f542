package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings.Budget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What the server says of its connections.
///
/// @param maximum `max_connections`
/// @param reserved what only superusers and roles with `pg_use_reserved_connections` get
/// @param pooled whether a pooler stands before it
record ServerLimits(int maximum, int reserved, boolean pooled) {

    /// Of `max_connections`, what Neon's pooler opens for each user and database,
    /// https://neon.com/docs/connect/connection-pooling (`default_pool_size`).
    private static final double POOLER_SHARE = 0.9;

    private static final String SQL = """
            SELECT current_setting('max_connections')::int,
                   current_setting('superuser_reserved_connections')::int
                     + coalesce(current_setting('reserved_connections', true), '0')::int,
                   (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
                   (SELECT datconnlimit FROM pg_database WHERE datname = current_database())""";

    /// Asks the server: one round trip.
    static ServerLimits read(Connection connection, boolean pooled) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            int reserved = row.getInt(2);
            int maximum = row.getInt(1);
            for (int column : new int[] {3, 4}) {
                int limit = row.getInt(column);
                // A role's or a database's own limit counts as if the server had no more; -1 is none.
                if (limit >= 0 && limit + reserved < maximum) {
                    maximum = limit + reserved;
                }
            }
            return new ServerLimits(maximum, reserved, pooled);
        }
    }

    /// What all clients together may have.
    int usable() {
        return pooled ? Math.min(maximum - reserved, (int) (POOLER_SHARE * maximum)) : maximum - reserved;
    }

    /// What one process may have: its share of what is usable, no more than it asked for, and one at least.
    int share(int asked, Budget budget) {
        return Math.clamp((usable() - budget.headRoom()) / budget.replicas(), 1, asked);
    }

    /// Whether all processes together would exceed what is usable, had each of them what it asks for.
    boolean exceededBy(int asked, Budget budget) {
        return (long) asked * budget.replicas() > usable() - budget.headRoom();
    }
}
