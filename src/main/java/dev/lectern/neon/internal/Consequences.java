package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;

/// What a failure that work met means for the other connections, for the state and for admission.
record Consequences(Availability availability, ConnectionPool pool) {

    void draw(DatabaseFailure failure, Holding holding, Permit permit) {
        // An interrupt closes the socket of a virtual thread: that says nothing about the database.
        boolean interrupted = Thread.currentThread().isInterrupted();
        switch (failure) {
            case ConnectionLost lost when lost.reason() == ConnectionLost.Reason.SESSION_TIMEOUT || interrupted -> {}
            case ConnectionLost lost
            when lost.reason() == ConnectionLost.Reason.SILENT && answersOthers(holding) ->
                // The network has forgotten this connection, and so perhaps others that nobody uses.
                pool.dropIdle();
            case ConnectionLost lost -> pool.lost(holding.generation(), lost);
            case TimedOut slow -> {
                permit.ends(Permit.Outcome.DROPPED);
                // A slow statement while others are answered is only slow; silence for all is a lost network.
                if (slow.reason() == TimedOut.Reason.NO_ANSWER && !answersOthers(holding) && !interrupted) {
                    pool.lost(holding.generation(), new ConnectionLost(ConnectionLost.Reason.SILENT));
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

    private boolean answersOthers(Holding holding) {
        return availability.activity().since(holding.taken());
    }
}
