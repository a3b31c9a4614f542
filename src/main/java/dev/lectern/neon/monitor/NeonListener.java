package dev.lectern.neon.monitor;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Duration;

/// Is told what the connection layer does, on the thread that does it: a method must be quick, and must not throw.
public interface NeonListener {

    /// Listens to nothing.
    NeonListener NONE = new NeonListener() {};

    /// Work got a permit after waiting for it.
    default void permitAcquired(Criticality criticality, Duration waited) {}

    /// Work was refused, or its deadline passed before it got a permit and a connection.
    default void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {}

    /// Work gave its connection back.
    ///
    /// @param held for how long it held one
    default void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {}

    /// Work met a failure.
    ///
    /// @param repeated whether it is done once more
    default void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {}

    /// A connection was made.
    default void connectionOpened(Duration took) {}

    /// An attempt to make a connection failed.
    default void connectionFailed(DatabaseFailure failure, Duration took) {}

    /// A connection ended, whichever side ended it.
    default void connectionClosed(Duration age) {}

    /// The database's state is another now.
    default void stateChanged(DatabaseState before, DatabaseState after) {}
}
