package dev.lectern.neon.internal;

import dev.lectern.neon.monitor.SlotHolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Who holds the server's connections, asked when there are no more.
final class Census {

    private static final long LEAST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    /// Everybody may see the applications and roles of all sessions, but not what kind those of other roles are.
    private static final String SQL = """
            SELECT coalesce(nullif(application_name, ''), '(unnamed)'), coalesce(usename, '(unknown)'), count(*)::int
            FROM pg_stat_activity
            WHERE coalesce(backend_type, 'client backend') = 'client backend'
              AND datid IS NOT NULL AND usesysid IS NOT NULL
            GROUP BY 1, 2
            ORDER BY 3 DESC, 1, 2
            LIMIT 10""";

    private final AtomicLong last = new AtomicLong(System.nanoTime() - LEAST_PAUSE);
    private volatile List<SlotHolder> holders = List.of();

    /// Whether the last census was long enough ago for another; the asker is to take it then.
    boolean due() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= LEAST_PAUSE && last.compareAndSet(before, now);
    }

    /// Asks the server: one round trip.
    List<SlotHolder> take(Connection connection) throws SQLException {
        List<SlotHolder> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            while (rows.next()) {
                found.add(new SlotHolder(rows.getString(1), rows.getString(2), rows.getInt(3)));
            }
        }
        holders = List.copyOf(found);
        return holders;
    }

    /// What the last census found, most connections first; empty before the first.
    List<SlotHolder> holders() {
        return holders;
    }
}
