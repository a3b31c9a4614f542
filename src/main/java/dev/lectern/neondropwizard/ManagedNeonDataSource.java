package dev.lectern.neondropwizard;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import io.dropwizard.db.ManagedDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The connection that work holds, as a data source, and the connection layer's life: the application starts
/// without a database, too.
final class ManagedNeonDataSource implements ManagedDataSource {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ManagedNeonDataSource.class);

    /// A start waits for a database that wakes, though not for one that is down: that is known sooner.
    private static final Duration START = Duration.ofSeconds(10);

    private final NeonDatabase database;
    private final DataSource held;

    ManagedNeonDataSource(NeonDatabase database) {
        this.database = database;
        this.held = database.dataSource();
    }

    @Override
    public void start() {
        try {
            database.awaitReady(Deadline.in(START));
        } catch (DatabaseUnavailableException e) {
            LOG.warn("starting without the database: {}", e.failure().message());
        }
    }

    @Override
    public void stop() {
        database.close();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return held.getConnection();
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return held.getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logs go to SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return held.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return held.isWrapperFor(type);
    }
}
