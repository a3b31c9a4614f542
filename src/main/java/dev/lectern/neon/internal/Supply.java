package dev.lectern.neon.internal;

import com.zaxxer.hikari.pool.HikariPool;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.FailureClassifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where HikariCP's one adding thread gets connections from: first the one that a flight has brought; then, while
/// the database is there, one more at a time.
///
/// HikariCP repeats a failed attempt with pauses of its own, up to 5 s and without regard to the cause. So this
/// waits itself, for as long as somebody waits for a connection, and fails only when nobody does.
final class Supply implements BareDataSource {

    private static final Duration LOOK = Duration.ofMillis(50);

    /// A database that serves others does not keep a login waiting for long.
    private static final Duration LOGIN = Duration.ofSeconds(3);

    private final Connector connector;
    private final Availability availability;
    private final Capacity capacity;
    private final Runnable crowded;
    private final AtomicReference<@Nullable NeonConnection> brought = new AtomicReference<>();
    private volatile @Nullable HikariPool pool;
    private volatile boolean closed;

    /// @param crowded is run when the server has no more connections
    Supply(Connector connector, Availability availability, Capacity capacity, Runnable crowded) {
        this.connector = connector;
        this.availability = availability;
        this.capacity = capacity;
        this.crowded = crowded;
    }

    /// Sets the pool that is served.
    ///
    /// @param served whose adding thread calls
    void serves(HikariPool served) {
        this.pool = served;
    }

    /// Lays a connection ready.
    void offer(NeonConnection connection) {
        close(brought.getAndSet(connection));
        if (closed) {
            close(brought.getAndSet(null));
        }
    }

    /// Closes what lies ready, where it is of this generation or an older one.
    void discard(long generation) {
        NeonConnection ready = brought.get();
        if (ready != null && ready.generation() <= generation && brought.compareAndSet(ready, null)) {
            close(ready);
        }
    }

    void close() {
        closed = true;
        close(brought.getAndSet(null));
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            while (true) {
                NeonConnection ready = brought.getAndSet(null);
                if (ready != null) {
                    return ready;
                }
                HikariPool current = pool;
                if (current == null || current.getThreadsAwaitingConnection() == 0) {
                    throw new SQLTransientConnectionException("nobody waits for a connection any more");
                }
                if (!availability.mayGrow()) {
                    availability.awaitGrowth(LOOK);
                } else if (current.getTotalConnections() == 0) {
                    availability.ranOut();
                } else {
                    NeonConnection made = grow(current);
                    if (made != null) {
                        return made;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", e);
        }
    }

    private @Nullable NeonConnection grow(HikariPool current) throws InterruptedException {
        long generation = availability.generation();
        try {
            NeonConnection connection = connector.open(generation, LOGIN);
            availability.growth().succeeded();
            capacity.roomAgain();
            if (availability.generation() == generation) {
                return connection;
            }
            close(connection);
            return null;
        } catch (SQLException e) {
            DatabaseFailure failure = FailureClassifier.connecting(e);
            availability.growth().failed(failure);
            if (current.getTotalConnections() > 0) {
                capacity.full(current.getTotalConnections());
            }
            if (failure.equals(new Saturated(Saturated.Reason.SLOTS))) {
                crowded.run();
            }
            return null;
        } finally {
            availability.publish();
        }
    }

    private static void close(@Nullable NeonConnection connection) {
        if (connection != null) {
            Connector.quietlyClose(connection);
        }
    }
}
