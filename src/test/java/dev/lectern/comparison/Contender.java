package dev.lectern.comparison;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// A way to one row of the database.
interface Contender extends AutoCloseable {

    /// How many connections those may have that are told.
    int POOL = 20;

    /// How long a caller waits.
    Duration PATIENCE = Duration.ofSeconds(2);

    /// It was said in time that there is no connection to be had.
    final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(Throwable cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    /// Reads a row.
    void read(int id) throws RefusedException, SQLException, InterruptedException;

    @Override
    void close();

    /// HikariCP as it comes: ten connections, and 30 s of waiting for one of them.
    static Contender plain(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        return new Pooled(new HikariDataSource(config), 1);
    }

    /// HikariCP as advice for Neon has it: timeouts everywhere, no idle connections that keep a compute awake, and
    /// what failed tried again, at growing intervals.
    static Contender tuned(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&loginTimeout=10&socketTimeout=10&tcpKeepAlive=true");
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(4).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        config.setKeepaliveTime(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new Pooled(new HikariDataSource(config), 3);
    }

    /// Lectern's connection layer with its defaults.
    static Contender lectern(String url) {
        return new Layered(new NeonDatabase(NeonSettings.of(NeonUrl.parse(url)).withMaximumPoolSize(POOL)));
    }

    private static void select(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT word FROM comparison WHERE id = ?")) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("there is no row " + id);
                }
            }
        }
    }

    /// A pool of HikariCP.
    ///
    /// @param attempts how often a read is tried at most
    record Pooled(HikariDataSource pool, int attempts) implements Contender {

        private static final long FIRST_PAUSE_MILLIS = 100;

        @Override
        public void read(int id) throws RefusedException, SQLException, InterruptedException {
            for (int attempt = 1; ; attempt++) {
                try (Connection connection = connection(pool)) {
                    select(connection, id);
                    return;
                } catch (SQLException | RefusedException e) {
                    if (attempt == attempts) {
                        throw e;
                    }
                    long pause = FIRST_PAUSE_MILLIS << attempt;
                    Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
                }
            }
        }

        private static Connection connection(DataSource from) throws RefusedException, SQLException {
            try {
                return from.getConnection();
            } catch (SQLTransientConnectionException e) {
                throw new RefusedException(e);
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// Lectern's layer over one.
    record Layered(NeonDatabase database) implements Contender {

        @Override
        public void read(int id) throws RefusedException {
            try {
                database.read(Criticality.INTERACTIVE_READ, Deadline.in(PATIENCE), connection -> {
                    select(connection, id);
                    return id;
                });
            } catch (DatabaseUnavailableException e) {
                throw new RefusedException(e);
            }
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
