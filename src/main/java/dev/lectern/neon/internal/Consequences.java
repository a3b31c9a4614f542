package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What an error that work met means for the other connections, for the state and for admission.
record Consequences(Availability availability, ConnectionPool pool) {

    /// How long it is waited for whether the server takes the cancellation of a statement that it did not answer.
    private static final Duration DOUBT = Duration.ofMillis(400);

    void draw(Optional<DatabaseFailure> found, Exception error, Holding holding, Permit permit) {
        if (isAnswer(found, error)) {
            availability.activity().answered();
        }
        found.ifPresent(failure -> {
            if (!(failure instanceof ConnectionLost)) {
                availability.activity().failed(failure);
            }
            draw(failure, holding, permit);
        });
    }

    private void draw(DatabaseFailure failure, Holding holding, Permit permit) {
        // An interrupt closes the socket of a virtual thread: that says nothing about the database.
        boolean interrupted = Thread.currentThread().isInterrupted();
        switch (failure) {
            case ConnectionLost lost when lost.reason() == ConnectionLost.Reason.SESSION_TIMEOUT || interrupted -> {}
            case ConnectionLost lost
            when lost.reason() == ConnectionLost.Reason.SILENT ->
                // The network has forgotten this connection, and so perhaps others that nobody uses.
                pool.dropIdle();
            case ConnectionLost lost -> pool.lost(holding.generation(), lost);
            case TimedOut slow -> {
                permit.ends(Permit.Outcome.DROPPED);
                if (slow.reason() == TimedOut.Reason.NO_ANSWER && !interrupted) {
                    doubt(holding);
                }
            }
            case Saturated full -> permit.ends(Permit.Outcome.DROPPED);
            case ReadOnly refused -> {
                availability.activity().refusedWrite(refused);
                availability.publish();
            }
            default -> {}
        }
    }

    /// A slow statement is only slow where the server answers others, or takes its cancellation; silence for all is a
    /// lost network.
    private void doubt(Holding holding) {
        if (!answersOthers(holding)) {
            Thread.ofVirtual().name("neon-doubt").start(() -> {
                boolean heard = holding.heard()
                        .completeOnTimeout(false, DOUBT.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
                if (!heard && !answersOthers(holding)) {
                    pool.lost(holding.generation(), new ConnectionLost(ConnectionLost.Reason.SILENT));
                }
            });
        }
    }

    private boolean answersOthers(Holding holding) {
        return availability.activity().since(holding.taken());
    }

    /// Whether the server itself has said so.
    private static boolean isAnswer(Optional<DatabaseFailure> found, Exception error) {
        return found.map(failure -> !(failure instanceof ConnectionLost)
                        && !failure.equals(new TimedOut(TimedOut.Reason.NO_ANSWER)))
                .orElse(error instanceof SQLException);
    }
}
