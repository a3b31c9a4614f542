package dev.lectern.neon.internal;

import dev.lectern.neon.Preparation;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for a database that cannot be had, with one attempt at a time, however many wait for it; prepares it where
/// that was not done yet, and then lets the work go on.
final class WakeFlight {

    private static final Logger LOG = LoggerFactory.getLogger(WakeFlight.class);

    private final Connector connector;
    private final Availability availability;
    private final Preparation preparation;
    private final Consumer<NeonConnection> arrival;
    private volatile boolean prepared;

    /// @param arrival takes the connection in and lets the work go on
    WakeFlight(
            Connector connector, Availability availability, Preparation preparation, Consumer<NeonConnection> arrival) {
        this.connector = connector;
        this.availability = availability;
        this.preparation = preparation;
        this.arrival = arrival;
    }

    void launch() {
        Thread.ofVirtual().name("neon-wake").start(this::fly);
    }

    private void fly() {
        try {
            while (availability.awaitTurn()) {
                if (attempt()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() throws InterruptedException {
        NeonConnection connection;
        try {
            connection = connector.open(availability.generation());
        } catch (SQLException e) {
            DatabaseFailure failure = FailureClassifier.connecting(e);
            LOG.debug("the database cannot be had: {}", failure.message(), e);
            availability.attemptFailed(failure);
            return false;
        }
        if (!prepare(connection)) {
            Connector.quietlyClose(connection);
            return false;
        }
        arrival.accept(connection);
        return true;
    }

    // A preparation is the application's code: whatever it throws must not end the flight.
    private boolean prepare(NeonConnection connection) throws InterruptedException {
        if (prepared) {
            return true;
        }
        try {
            preparation.prepare(connection);
            prepared = true;
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            DatabaseFailure failure = FailureClassifier.classify(e, Phase.WORKING)
                    .filter(found -> found instanceof ConnectionLost)
                    .orElseGet(() -> new Down(Down.Reason.PREPARATION));
            LOG.error("the database could not be prepared", e);
            availability.attemptFailed(failure);
            return false;
        }
    }
}
