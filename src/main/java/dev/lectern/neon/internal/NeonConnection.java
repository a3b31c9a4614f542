package dev.lectern.neon.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/// A connection that can tell without a round trip whether the server has ended it.
///
/// HikariCP asks [#isValid] of connections that were idle for more than half a second, and pgjdbc would send an
/// empty query for it: a round trip, and activity in the eyes of Neon's idle monitor.
final class NeonConnection extends PgConnection {

    private final long generation;
    private final long opened;
    private final AtomicBoolean ended;
    private volatile boolean handedOut;
    private volatile long lastUsed;
    private final BiConsumer<NeonConnection, SQLException> onDeath;
    private final Consumer<NeonConnection> onEnd;
    private final SentQueries sent;
    private final @Nullable QueryExecutor executor;

    /// Connects.
    ///
    /// @param onDeath told of what shows that the server has ended the connection
    /// @param onEnd told when the connection is closed
    NeonConnection(
            HostSpec host,
            Properties properties,
            String url,
            long generation,
            BiConsumer<NeonConnection, SQLException> onDeath,
            Consumer<NeonConnection> onEnd)
            throws SQLException {
        // Before the driver's own constructor, which may close what it could not set up.
        long now = System.nanoTime();
        this.opened = now;
        this.lastUsed = now;
        this.ended = new AtomicBoolean();
        this.generation = generation;
        this.onDeath = onDeath;
        this.onEnd = onEnd;
        super(new HostSpec[] {host}, properties, url);
        this.sent = new SentQueries(super.getQueryExecutor());
        this.executor = sent.executor();
    }

    /// Which of the times that the database was there this connection is from.
    long generation() {
        return generation;
    }

    long ageNanos() {
        return System.nanoTime() - opened;
    }

    /// What sends statements, and tells of it; not yet while the driver's constructor runs.
    @Override
    public QueryExecutor getQueryExecutor() {
        return executor == null ? super.getQueryExecutor() : executor;
    }

    /// What was sent last for the work that holds the connection, in short; null where nothing was.
    @Nullable
    String lastSql() {
        return sent.lastSql();
    }

    /// Whether the server has not ended the connection, as far as can be seen from here: what it sent is read, with
    /// a wait of a millisecond, and nothing is asked.
    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (isClosed()) {
            return false;
        }
        try {
            getNotifications(1);
            return true;
        } catch (SQLException e) {
            onDeath.accept(this, e);
            return false;
        }
    }

    /// The isolation level, without asking the server for it while HikariCP sets the connection up.
    ///
    /// HikariCP asks its first connection, and takes a connection that breaks just then for one without a level:
    /// from then on it tries to set level -1 on every connection, and the pool is dead
    /// (`PoolBase.checkDefaultIsolation`).
    @Override
    public int getTransactionIsolation() throws SQLException {
        return handedOut ? super.getTransactionIsolation() : TRANSACTION_READ_COMMITTED;
    }

    /// From now on work uses the connection.
    ///
    /// @return for how long nobody has used it
    Duration handOut() {
        handedOut = true;
        sent.forget();
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /// Work has ended that used the connection.
    void giveBack() {
        lastUsed = System.nanoTime();
    }

    @Override
    public void close() throws SQLException {
        end();
        super.close();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        end();
        super.abort(executor);
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
        }
    }
}
