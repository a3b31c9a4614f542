package dev.lectern.embedded.gateway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for activity on a server as Neon's `compute_ctl` does (`compute_tools/src/monitor.rs`), and has it suspended
/// when there was none for long enough. Neither traffic on sockets nor open, idle ones are activity.
final class IdleMonitor implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(IdleMonitor.class);

    // From compute_ctl; more often where the timeout is short.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS_PER_TIMEOUT = 10;
    private static final Duration SHORTEST = Duration.ofMillis(20);
    /// Who has just woken the compute has better uses for the processor.
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(5);

    /// Connections to `postgres` are the monitor's own.
    private static final String ACTIVITY = """
            SELECT databases.active_time,
                   databases.sessions,
                   backends.busy,
                   backends.idle_seconds
              FROM (SELECT coalesce(sum(active_time), 0) AS active_time,
                           coalesce(sum(sessions), 0) AS sessions
                      FROM pg_catalog.pg_stat_database
                     WHERE datname NOT IN ('postgres', 'template0', 'template1')) AS databases,
                   (SELECT coalesce(bool_or(backend_type IN ('walsender', 'autovacuum worker')
                                            OR state IS DISTINCT FROM 'idle'), false) AS busy,
                           extract(epoch FROM clock_timestamp() - max(state_change)) AS idle_seconds
                      FROM pg_catalog.pg_stat_activity
                     WHERE backend_type IN ('client backend', 'walsender', 'autovacuum worker')
                       AND pid <> pg_catalog.pg_backend_pid()) AS backends""";

    private final Postgres server;
    private final Duration suspendAfter;
    private final Runnable suspend;
    private final Duration beforeTheFirst;
    private final Duration betweenLooks;
    private long lastActive = System.nanoTime();
    private double activeTime = -1;
    private long sessions = -1;

    IdleMonitor(Postgres server, Duration suspendAfter, Runnable suspend) {
        this.server = server;
        this.suspendAfter = suspendAfter;
        this.suspend = suspend;
        Duration share = suspendAfter.dividedBy(LOOKS_PER_TIMEOUT);
        this.beforeTheFirst = between(share, BEFORE_THE_FIRST);
        this.betweenLooks = between(share, BETWEEN_LOOKS);
    }

    private static Duration between(Duration share, Duration longest) {
        Duration shorter = share.compareTo(longest) < 0 ? share : longest;
        return shorter.compareTo(SHORTEST) < 0 ? SHORTEST : shorter;
    }

    @Override
    public void run() {
        @Nullable Statement statement = null;
        try {
            Thread.sleep(beforeTheFirst);
            while (server.alive()) {
                try {
                    if (statement == null) {
                        statement = connect();
                    }
                    if (idleFor(statement).compareTo(suspendAfter) > 0) {
                        close(statement);
                        suspend.run();
                        return;
                    }
                } catch (SQLException e) {
                    LOG.debug("The activity of the embedded PostgreSQL cannot be seen", e);
                    close(statement);
                    statement = null;
                }
                Thread.sleep(betweenLooks);
            }
        } catch (InterruptedException e) {
            // The compute is being stopped.
            return;
        } finally {
            close(statement);
        }
    }

    private Statement connect() throws SQLException {
        Connection connection = DriverManager.getConnection(server.monitorUrl());
        try {
            return connection.createStatement();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Duration idleFor(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(ACTIVITY)) {
            row.next();
            long now = System.nanoTime();
            double active = row.getDouble(1);
            long begun = row.getLong(2);
            if (active != activeTime || begun != sessions || row.getBoolean(3)) {
                activeTime = active;
                sessions = begun;
                lastActive = now;
            }
            double idleSeconds = row.getDouble(4);
            if (!row.wasNull()) {
                long changed = now - (long) (idleSeconds * 1e9);
                lastActive = changed - lastActive > 0 ? changed : lastActive;
            }
            return Duration.ofNanos(now - lastActive);
        }
    }

    private static void close(@Nullable Statement statement) {
        try {
            if (statement != null) {
                statement.getConnection().close();
            }
        } catch (SQLException e) {
            LOG.debug("The monitor's connection was closed already", e);
        }
    }
}
