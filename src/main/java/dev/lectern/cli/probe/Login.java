package dev.lectern.cli.probe;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Timeouts;
import dev.lectern.neon.NeonUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.jdbc.PgConnection;

/// A connection outside of any pool, and how the login went.
///
/// @param took the login alone
/// @param elapsed since the login began, when the server was asked for the following
/// @param version of the server
/// @param serverAge since the server was started
/// @param sessionAge since the server's session was begun
/// @param announcedPid the process that the login promised
/// @param pid the process that answered
record Login(
        Connection connection,
        Duration took,
        Duration elapsed,
        String version,
        Duration serverAge,
        Duration sessionAge,
        int announcedPid,
        int pid) {

    private static final String FACTS = """
            SELECT current_setting('server_version'),
                   extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()),
                   extract(epoch FROM clock_timestamp() - backend_start),
                   pid
            FROM pg_stat_activity
            WHERE pid = pg_backend_pid()""";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final double NANOS = 1e9;

    /// Logs in, and asks one thing.
    ///
    /// @param timeout for the login, a wake included, and for each answer
    static Login to(NeonUrl url, String applicationName, Duration timeout) throws SQLException {
        // Loads the driver, which is no part of the login.
        DriverManager.getDriver("jdbc:postgresql:");
        long start = System.nanoTime();
        Connection connection = connect(url, applicationName, timeout);
        Duration took = since(start);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            Duration elapsed = since(start);
            row.next();
            return new Login(
                    connection,
                    took,
                    elapsed,
                    row.getString(1).replaceFirst(" .*", ""),
                    seconds(row.getDouble(2)),
                    seconds(row.getDouble(3)),
                    connection.unwrap(PgConnection.class).getBackendPID(),
                    row.getInt(4));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Logs in.
    static Connection connect(NeonUrl url, String applicationName, Duration timeout) throws SQLException {
        Timeouts timeouts = new Timeouts(
                timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT,
                timeout,
                timeout,
                Timeouts.DEFAULT.lifetime());
        NeonSettings usual = NeonSettings.of(url);
        NeonSettings settings = new NeonSettings(
                url,
                applicationName,
                usual.maximumPoolSize(),
                usual.budget(),
                timeouts,
                usual.patience(),
                usual.vigilance(),
                usual.suspendTimeout());
        Properties who = new Properties();
        who.setProperty("user", url.user());
        who.setProperty("password", url.password().value());
        return DriverManager.getConnection(settings.jdbcUrl(), who);
    }

    /// Whether the server was started while the login waited for it.
    boolean woke() {
        return serverAge.compareTo(elapsed) < 0;
    }

    /// Whether the server's session is older than this login: a pooler's.
    boolean inheritsSession() {
        return sessionAge.compareTo(elapsed.plusMillis(1)) > 0;
    }

    /// Logs out. What the server says to that is of no interest any more.
    void closeQuietly() {
        try {
            connection.close();
        } catch (SQLException e) {
            return;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * NANOS));
    }
}
