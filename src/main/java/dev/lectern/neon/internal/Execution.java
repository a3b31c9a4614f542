package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.UncheckedSqlException;
import dev.lectern.neon.admission.Admission;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import dev.lectern.neon.internal.ConnectionPool.Borrowed;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes work from the permit over the connection to the outcome, and repeats it once where that is safe.
public final class Execution implements AutoCloseable {

    /// For how long closing waits for the work that goes on.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /// What the work does to the database, and so whether it may be done once more.
    public enum Effect {
        READS,
        WRITES,
        /// Writes what a key settles.
        WRITES_IDEMPOTENTLY
    }

    private final Tally tally = new Tally();
    private final NeonListener listener;
    private final Admission admission;
    private final Availability availability;
    private final ConnectionPool pool;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Execution(NeonSettings settings, NeonListener listener, Preparation preparation, InstantSource clock) {
        this.listener = new SafeListener(tally, listener);
        this.admission = new Admission(settings.maximumPoolSize());
        this.availability = new Availability(settings, clock, this.listener);
        this.pool = new ConnectionPool(settings, availability, this.listener, preparation);
    }

    /// Looks for the database if it cannot be had, and waits for it.
    ///
    /// @throws DatabaseUnavailableException where it cannot be had before the deadline
    public void awaitOpen(Deadline deadline) {
        availability.awaitOpen(deadline);
    }

    /// Does the work.
    ///
    /// @throws DatabaseUnavailableException where the database cannot do it
    /// @throws UncheckedSqlException where the work's statement is at fault
    public <T> T run(Effect effect, Criticality criticality, Deadline deadline, SqlWork<T> work) {
        long start = System.nanoTime();
        try (Permit permit = admit(criticality, deadline)) {
            listener.permitAcquired(criticality, since(start));
            for (boolean repeated = false; ; repeated = true) {
                Borrowed borrowed = pool.borrow(deadline);
                long taken = System.nanoTime();
                try {
                    T result = use(borrowed, deadline, work);
                    permit.ends(Permit.Outcome.SUCCESS);
                    if (availability.activity().served(effect != Effect.READS)) {
                        availability.publish();
                    }
                    return result;
                } catch (SQLException | RuntimeException e) {
                    Optional<DatabaseFailure> found = FailureClassifier.classify(e, Phase.WORKING);
                    found.ifPresent(failure -> note(failure, borrowed, taken, permit));
                    boolean again = !repeated
                            && found.filter(failure -> repeats(failure, effect)).isPresent()
                            && deadline.remaining().isPositive();
                    found.ifPresent(failure -> listener.workFailed(criticality, failure, again));
                    if (!again) {
                        throw thrown(found, e);
                    }
                } finally {
                    listener.workFinished(criticality, since(taken), permit.outcome());
                }
            }
        } catch (DatabaseUnavailableException e) {
            if (e.getCause() == null) {
                listener.refused(criticality, since(start), e.failure());
            }
            throw e;
        }
    }

    /// What is known without asking the database.
    public NeonSnapshot snapshot() {
        return new NeonSnapshot(
                availability.state(),
                pool.active(),
                pool.idle(),
                admission.waiting(),
                admission.inUse(),
                admission.limit(),
                tally.totals());
    }

    /// Refuses what comes or waits, gives the work that goes on some seconds, and closes all connections.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            availability.close();
            admission.drain(Deadline.in(DRAIN));
            pool.close();
        }
    }

    private Permit admit(Criticality criticality, Deadline deadline) {
        availability.refuseIfDown();
        return admission.acquire(criticality, deadline).orElseThrow(availability::refusal);
    }

    /// An answer that does not come before the deadline is not waited for: pgjdbc ends the connection then.
    private static <T> T use(Borrowed borrowed, Deadline deadline, SqlWork<T> work) throws SQLException {
        Connection connection = borrowed.connection();
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.clamp(deadline.remaining().toMillis(), 1, 3_600_000));
            return work.run(connection);
        } finally {
            giveBack(connection);
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // HikariCP has ended the connection; what the work did or met is known without it.
            return;
        }
    }

    private void note(DatabaseFailure failure, Borrowed borrowed, long taken, Permit permit) {
        // An interrupt closes the socket of a virtual thread: that says nothing about the database.
        boolean interrupted = Thread.currentThread().isInterrupted();
        switch (failure) {
            case ConnectionLost lost
            when lost.reason() != ConnectionLost.Reason.SESSION_TIMEOUT && !interrupted ->
                pool.lost(borrowed.generation(), lost);
            case TimedOut slow
            when slow.reason() == TimedOut.Reason.NO_ANSWER -> {
                permit.ends(Permit.Outcome.DROPPED);
                // A slow statement while others are answered is only slow; silence for all is a lost network.
                if (!availability.activity().since(taken) && !interrupted) {
                    pool.lost(borrowed.generation(), new ConnectionLost(ConnectionLost.Reason.BROKEN));
                }
            }
            case TimedOut slow -> permit.ends(Permit.Outcome.DROPPED);
            case Saturated full -> permit.ends(Permit.Outcome.DROPPED);
            case ReadOnly refused -> {
                availability.activity().refusedWrite(refused);
                availability.publish();
            }
            default -> {}
        }
    }

    private static boolean repeats(DatabaseFailure failure, Effect effect) {
        return switch (failure.response().repetition()) {
            case ALWAYS -> true;
            case IF_IDEMPOTENT -> effect != Effect.WRITES;
            case NEVER -> false;
        };
    }

    private static RuntimeException thrown(Optional<DatabaseFailure> found, Exception error) {
        if (found.isPresent()) {
            DatabaseFailure failure = found.get();
            return new DatabaseUnavailableException(failure, failure.response().probe(), error);
        }
        return switch (error) {
            case RuntimeException unchecked -> unchecked;
            case SQLException sql -> new UncheckedSqlException(sql);
            default -> new IllegalStateException(error);
        };
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
