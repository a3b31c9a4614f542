package dev.lectern.neon;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.internal.Effect;
import dev.lectern.neon.internal.Execution;
import dev.lectern.neon.internal.LentConnection;
import dev.lectern.neon.monitor.Evicted;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/// The way to the database: each piece of work says how much it matters and until when it is of use, and gets a
/// connection for itself or a prompt refusal.
///
/// Making one connects to nothing. The first work does, or [#awaitReady].
///
/// [#read], [#write] and [#writeIdempotent] throw [DatabaseUnavailableException] where the database cannot do the
/// work; an error of the work's own, such as a violated constraint, as [UncheckedSqlException]; and what else the
/// work throws as it is.
public final class NeonDatabase implements AutoCloseable {

    private final Execution execution;
    private final ScopedValue<Connection> held = ScopedValue.newInstance();
    private final DataSource heldConnection = new HeldConnectionDataSource(held);

    /// One that tells nobody, and prepares nothing.
    public NeonDatabase(NeonSettings settings) {
        this(settings, NeonListener.NONE, Preparation.NONE);
    }

    /// One that is listened to, and that prepares the database.
    ///
    /// @param listener is told what happens
    /// @param preparation is done before anything is served
    public NeonDatabase(NeonSettings settings, NeonListener listener, Preparation preparation) {
        this(settings, listener, preparation, Clock.systemUTC());
    }

    /// One with a clock of its own.
    ///
    /// @param clock for the times in states and events; durations are measured on the monotonic clock
    public NeonDatabase(NeonSettings settings, NeonListener listener, Preparation preparation, InstantSource clock) {
        this.execution = new Execution(settings, listener, preparation, clock);
    }

    /// Connects and prepares, if that was not done, and waits for it. While nobody calls this or asks for work,
    /// nothing is sent to the database.
    ///
    /// @throws DatabaseUnavailableException where the database cannot be had before the deadline; it is looked for
    ///     further, and is used once it is there
    public void awaitReady(Deadline deadline) {
        execution.awaitOpen(deadline);
    }

    /// Reads: done once more on another connection where the first was lost.
    public <T> T read(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(Effect.READS, criticality, deadline, work);
    }

    /// Writes: never done twice. Where the connection is lost in the midst, nobody knows whether it was done.
    public <T> T write(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(Effect.WRITES, criticality, deadline, work);
    }

    /// Writes what a key in the statement settles, so that doing it twice is as good as once: repeated as reads
    /// are.
    public <T> T writeIdempotent(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(Effect.WRITES_IDEMPOTENTLY, criticality, deadline, work);
    }

    /// A view for libraries that want a data source: inside the work of [#read] or [#write] it hands out the
    /// connection that the work holds, as often as it is asked; elsewhere it throws, so that no connection is had
    /// without a permit.
    public DataSource dataSource() {
        return heldConnection;
    }

    /// The state of the database and the pool, read without asking the database.
    public NeonSnapshot snapshot() {
        return execution.snapshot();
    }

    /// Looks whether the server has ended the connections that nobody uses, so that no work has to find out. Sends
    /// nothing, makes no connection, and takes some milliseconds.
    ///
    /// @return whether it shows that the database went away
    public boolean glance() {
        return execution.glance();
    }

    /// The connections that work holds now, the oldest first.
    public List<HeldConnection> holders() {
        return execution.holders();
    }

    /// For how long it is right to hold a connection, as the settings say; who holds one longer is told of.
    public Duration longestHold() {
        return execution.longestHold();
    }

    /// Changes how many connections this process asks for. More are made when they are needed; where there are too
    /// many, they end as the work that goes on gives them back. Never more than its share of what the server has.
    ///
    /// @throws IllegalArgumentException where it is less than 1
    public void resize(int maximum) {
        execution.resize(maximum);
    }

    /// Ends all connections softly: those that nobody uses now, the others as the work gives them back. New ones are
    /// made as work comes.
    ///
    /// @return how many of each there were
    public Evicted evict() {
        return execution.evict();
    }

    /// Refuses all work at once, warm-up's too, until [#resume] or until the time is over, and makes no connection
    /// meanwhile. Work that holds a connection ends in peace. A second pause replaces the first.
    ///
    /// @throws IllegalArgumentException where the time is not positive
    public void pause(Duration atMost) {
        execution.pause(atMost);
    }

    /// Ends a pause, if there is one: everything is as it was before.
    public void resume() {
        execution.resume();
    }

    /// Waits some seconds for the work that goes on, then closes all connections.
    @Override
    public void close() {
        execution.close();
    }

    private <T> T run(Effect effect, Criticality criticality, Deadline deadline, SqlWork<T> work) {
        if (held.isBound()) {
            throw new IllegalStateException("work that holds a connection asks for a second one");
        }
        return execution.run(effect, criticality, deadline, connection -> {
            Connection lent = LentConnection.of(connection);
            return ScopedValue.where(held, lent).call(() -> work.run(lent));
        });
    }
}
