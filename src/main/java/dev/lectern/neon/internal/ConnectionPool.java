package dev.lectern.neon.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import dev.lectern.neon.monitor.Evicted;
import dev.lectern.neon.monitor.NeonListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/// HikariCP, set up so that nothing is sent that nobody asked for: no keep-alive, no minimum of idle connections,
/// no validation query. Connections end only by their lifetime or when the database goes away.
///
/// It is HikariPool rather than HikariDataSource because only that takes a time to wait with each call.
final class ConnectionPool implements AutoCloseable {

    /// While a further connection is being made, how often whoever waits for it looks whether the database went
    /// away; the bar for a refusal is 50 ms.
    private static final Duration LOOK = Duration.ofMillis(40);

    /// Ends of sessions that HikariCP does not know for such: 25P03 `idle_in_transaction_session_timeout`, 57P05
    /// `idle_session_timeout`, https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static final Set<String> ENDS_OF_SESSIONS = Set.of("25P03", "57P05");

    /// Bound while the running thread looks at a connection that it does not want.
    private static final ScopedValue<Boolean> GLANCING = ScopedValue.newInstance();

    private final Availability availability;
    private final Capacity capacity;
    private final Supply supply;
    private final HikariConfig configuration;
    private final HikariPool pool;

    /// @param permits takes how many permits there are to be
    /// @param crowded is run when the server has no more connections
    ConnectionPool(
            NeonSettings settings,
            Availability availability,
            IntConsumer permits,
            Runnable crowded,
            NeonListener listener,
            Preparation preparation) {
        this.availability = availability;
        Connector connector = new Connector(settings, listener, this::died, availability.growth()::hold);
        this.capacity = new Capacity(settings.maximumPoolSize(), settings.budget(), this::resize, permits);
        this.supply = new Supply(connector, availability, capacity, crowded);
        this.configuration = configuration(settings, supply);
        this.pool = new HikariPool(configuration);
        supply.serves(pool);
        WakeFlight flight = new WakeFlight(
                connector, availability, preparation, settings.url().pooled(), this::take);
        availability.launchesWith(flight::launch);
    }

    /// How many connections there may be.
    Capacity capacity() {
        return capacity;
    }

    private static HikariConfig configuration(NeonSettings settings, Supply supply) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("neon");
        config.setDataSource(supply);
        config.setMaximumPoolSize(settings.maximumPoolSize());
        config.setMinimumIdle(0);
        config.setIdleTimeout(0);
        config.setKeepaliveTime(0);
        config.setMaxLifetime(settings.timeouts().lifetime().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setRegisterMbeans(false);
        config.setThreadFactory(
                Thread.ofPlatform().daemon().name("neon-pool-", 0).factory());
        config.setExceptionOverride(new EndOfSession());
        config.validate();
        return config;
    }

    /// A connection for whoever has a permit.
    ///
    /// @throws dev.lectern.neon.failure.DatabaseUnavailableException where none can be had before the deadline
    Holding borrow(Criticality criticality, Deadline deadline) {
        while (true) {
            availability.awaitOpen(deadline);
            long left = deadline.remaining().toMillis();
            if (left == 0) {
                throw availability.refusal();
            }
            // An interrupt would close the socket of the connection that is looked at.
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while waiting for a connection");
            }
            try {
                Holding holding =
                        Holding.begin(pool.getConnection(Math.min(left, LOOK.toMillis())), criticality, deadline);
                if (holding.generation() == availability.generation()) {
                    return holding;
                }
                // It was being taken in while the others of its time were given up.
                pool.evictConnection(holding.connection());
            } catch (SQLException e) {
                // It took too long to make one: whether to go on waiting depends on the state.
            }
        }
    }

    /// A connection has shown that the database went away: all of its generation are given up.
    void lost(long generation, ConnectionLost failure) {
        availability.lost(generation, failure, () -> giveUp(generation));
    }

    private void giveUp(long generation) {
        pool.softEvictConnections();
        supply.discard(generation);
    }

    /// Takes back what [#borrow] gave. What a late cancellation may still hit, or is more than there may be, ends.
    void giveBack(Holding holding) {
        holding.physical().giveBack();
        if (!holding.end() || pool.getTotalConnections() > configuration.getMaximumPoolSize()) {
            pool.evictConnection(holding.connection());
        } else {
            close(holding.connection());
        }
    }

    /// Looks at a connection that nobody has used for a while, if there is one: where the server has ended it, all of
    /// its generation are given up. Nothing is sent, and no connection is made.
    ///
    /// @return whether it shows that the database went away
    boolean glance() {
        if (!availability.isOpen() || idle() == 0) {
            return false;
        }
        long generation = availability.generation();
        // HikariCP looks at a connection before it hands it out.
        ScopedValue.where(GLANCING, true).run(() -> takeAndGiveBack(1));
        return availability.generation() != generation;
    }

    /// Ends the connections that nobody uses, and those in use as soon as they come back.
    void dropIdle() {
        pool.softEvictConnections();
    }

    /// Does the same for an operator.
    Evicted evict() {
        Evicted told = new Evicted(idle(), active());
        pool.softEvictConnections();
        return told;
    }

    int active() {
        return pool.getActiveConnections();
    }

    int idle() {
        return pool.getIdleConnections();
    }

    @Override
    public void close() {
        supply.close();
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void died(NeonConnection connection, SQLException error) {
        if (Thread.currentThread().isInterrupted()) {
            return; // which has closed the socket: that says nothing about the database
        }
        if (GLANCING.isBound()) {
            availability.fellAsleep(connection.generation(), () -> giveUp(connection.generation()));
            return;
        }
        ConnectionLost failure = FailureClassifier.classify(error, Phase.WORKING)
                .filter(ConnectionLost.class::isInstance)
                .map(ConnectionLost.class::cast)
                .orElseGet(() -> new ConnectionLost(ConnectionLost.Reason.BROKEN));
        lost(connection.generation(), failure);
    }

    private void resize(int maximum) {
        configuration.setMaximumPoolSize(maximum);
        // Those in use end when they come back; here those end that nobody uses.
        while (pool.getTotalConnections() > maximum && pool.getIdleConnections() > 0) {
            try {
                pool.evictConnection(pool.getConnection(1));
            } catch (SQLException e) {
                // Somebody else was quicker.
                return;
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // HikariCP has ended the connection; what the work did or met is known without it.
            return;
        }
    }

    /// Takes the flight's connection in: whoever waits gets it, and else it becomes the first of the idle.
    private void take(NeonConnection connection, ServerLimits limits) {
        capacity.learn(limits);
        capacity.roomAgain();
        supply.offer(connection);
        availability.opened();
        takeAndGiveBack(LOOK.toMillis());
    }

    private void takeAndGiveBack(long millis) {
        try {
            pool.getConnection(millis).close();
        } catch (SQLException e) {
            // There is none, or others took what there was.
            return;
        }
    }

    /// Drops connections whose session the server has ended for its idle time.
    private static final class EndOfSession implements SQLExceptionOverride {

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException error) {
            return ENDS_OF_SESSIONS.contains(String.valueOf(error.getSQLState()))
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}
