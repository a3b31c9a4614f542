package dev.lectern.neon.internal;

import dev.lectern.neon.Preparation;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for a database that cannot be had, with one attempt at a time, however many wait for it; prepares it where
/// that was not done yet, and then lets the work go on.
final class WakeFlight {

    private static final Logger LOG = LoggerFactory.getLogger(WakeFlight.class);

    /// A server that has just let somebody in answers soon, or the network has lost it again.
    private static final int FIRST_ANSWER_MILLIS = 3_000;

    private final Connector connector;
    private final Availability availability;
    private final Preparation preparation;
    private final boolean pooled;
    private final BiConsumer<NeonConnection, ServerLimits> arrival;
    private volatile boolean prepared;

    /// @param pooled whether a pooler stands before the server
    /// @param arrival takes the connection in and lets the work go on
    WakeFlight(
            Connector connector,
            Availability availability,
            Preparation preparation,
            boolean pooled,
            BiConsumer<NeonConnection, ServerLimits> arrival) {
        this.connector = connector;
        this.availability = availability;
        this.preparation = preparation;
        this.pooled = pooled;
        this.arrival = arrival;
    }

    void launch() {
        // Of the platform, as the login: whoever waits for the database waits for this.
        Thread.ofPlatform().daemon().name("neon-wake").start(this::fly);
    }

    private void fly() {
        try {
            while (availability.awaitTurn()) {
                if (attempt()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            availability.crashed();
        } catch (RuntimeException | Error e) {
            availability.crashed();
            throw e;
        }
    }

    private ServerLimits limits(NeonConnection connection) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, FIRST_ANSWER_MILLIS);
        ServerLimits limits = ServerLimits.read(connection, pooled);
        connection.setNetworkTimeout(Runnable::run, usual);
        return limits;
    }

    private boolean attempt() throws InterruptedException {
        NeonConnection connection;
        try {
            Optional<Duration> within = availability.loginWithin();
            connection = within.isPresent()
                    ? connector.open(availability.generation(), within.get())
                    : connector.open(availability.generation());
        } catch (SQLException e) {
            DatabaseFailure failure = FailureClassifier.connecting(e);
            LOG.debug("the database cannot be had: {}", failure.message(), e);
            availability.attemptFailed(failure);
            return false;
        }
        try {
            ServerLimits limits = limits(connection);
            if (prepare(connection)) {
                arrival.accept(connection, limits);
                return true;
            }
        } catch (SQLException e) {
            LOG.debug("the database went away again", e);
            availability.attemptFailed(FailureClassifier.connecting(e));
        }
        Connector.quietlyClose(connection);
        return false;
    }

    // A preparation is the application's code: whatever it throws must not end the flight.
    private boolean prepare(NeonConnection connection) {
        if (prepared) {
            return true;
        }
        try {
            preparation.prepare(connection);
            prepared = true;
            return true;
        } catch (Throwable e) {
            DatabaseFailure failure = FailureClassifier.classify(e, Phase.WORKING)
                    .filter(found -> found instanceof ConnectionLost)
                    .orElseGet(() -> new Down(Down.Reason.PREPARATION));
            LOG.error("the database could not be prepared", e);
            availability.attemptFailed(failure);
            return false;
        }
    }
}
