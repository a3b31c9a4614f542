package dev.lectern.neon.monitor;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Duration;
import java.util.List;

/// Is told what the connection layer does, on the thread that does it: a method must be quick, and must not throw.
public interface NeonListener {

    /// Listens to nothing.
    NeonListener NONE = new NeonListener() {};

    /// All of these, one after the other.
    static NeonListener all(NeonListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    /// Work got a permit after waiting for it.
    default void permitAcquired(Criticality criticality, Duration waited) {}

    /// Work was refused, or its deadline passed before it got a permit and a connection.
    default void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {}

    /// Work was given a connection.
    ///
    /// @param backendPid the server's process behind it, as `pg_stat_activity` calls it
    default void workStarted(Criticality criticality, int backendPid) {}

    /// Work gave its connection back.
    ///
    /// @param held for how long it held one
    default void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {}

    /// Work is done, at once or when it was repeated.
    ///
    /// @param took from when it was asked for until it had given its connection back
    default void workDone(Criticality criticality, Duration took) {}

    /// Work met a failure.
    ///
    /// @param repeated whether it is done once more
    default void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {}

    /// Work has held a connection for longer than is thought right: most likely it waits for something else.
    ///
    /// @param stack where the thread that holds it is
    default void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {}

    /// A connection was made.
    default void connectionOpened(Duration took) {}

    /// An attempt to make a connection failed.
    default void connectionFailed(DatabaseFailure failure, Duration took) {}

    /// A connection ended, whichever side ended it.
    default void connectionClosed(Duration age) {}

    /// The server had no more connections, and was asked who holds them.
    ///
    /// @param holders most connections first
    default void slotsExhausted(List<SlotHolder> holders) {}

    /// Work had to wait until the database could be had.
    ///
    /// @param waited from when it was asked for until it had a connection
    default void databaseAwaited(Criticality criticality, Duration waited) {}

    /// The compute woke, or the server came back that had said that it goes down.
    ///
    /// @param took from when that was seen to be needed
    default void databaseWoke(Duration took) {}

    /// The database's state is another now.
    default void stateChanged(DatabaseState before, DatabaseState after) {}
}
