package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.UncheckedSqlException;
import dev.lectern.neon.admission.Admission;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import dev.lectern.neon.monitor.Evicted;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes work from the permit over the connection to the outcome, and repeats it once where that is safe.
public final class Execution implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /// For how long closing waits for the work that goes on.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /// What is repeated begins a random moment later, so that callers whom one event has hit do not come back at once.
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private static final Duration CENSUS_DEADLINE = Duration.ofSeconds(2);

    private static final Optional<DatabaseFailure> CANCELED = Optional.of(new TimedOut(TimedOut.Reason.CANCELED));
    private static final DatabaseFailure NO_ANSWER = new TimedOut(TimedOut.Reason.NO_ANSWER);

    /// No answer on a connection that was idle for long: the network has forgotten it.
    private static final DatabaseFailure SILENT = new ConnectionLost(ConnectionLost.Reason.SILENT);

    private final Tally tally = new Tally();
    private final Census census = new Census();
    private final Vigilance vigilance;
    private final long socketTimeout;
    private final NeonListener listener;
    private final Admission admission;
    private final Availability availability;
    private final ConnectionPool pool;
    private final Overseer overseer;
    private final Consequences consequences;
    private final RetryBudget retries;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Execution(NeonSettings settings, NeonListener listener, Preparation preparation, InstantSource clock) {
        this.vigilance = settings.vigilance();
        this.socketTimeout = settings.timeouts().socket().toMillis();
        this.listener = new SafeListener(tally, listener);
        this.admission = new Admission(settings.maximumPoolSize());
        this.availability = new Availability(settings, clock, this.listener);
        this.pool = new ConnectionPool(
                settings, availability, admission::resize, this::askWhoHoldsThem, this.listener, preparation);
        this.overseer = new Overseer(vigilance.held(), this.listener);
        this.consequences = new Consequences(availability, pool);
        this.retries = new RetryBudget(2 * settings.maximumPoolSize());
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
        Arrival arrival = Arrival.now(availability);
        retries.deposit();
        try {
            availability.awaitOpen(deadline);
            try (Permit permit = permit(criticality, deadline)) {
                listener.permitAcquired(criticality, arrival.elapsed());
                T result = attempt(effect, criticality, deadline, work, permit, arrival);
                listener.workDone(criticality, arrival.elapsed());
                return result;
            }
        } catch (DatabaseUnavailableException e) {
            if (e.getCause() == null) {
                arrival.ends();
                listener.refused(criticality, arrival.elapsed(), e.failure());
            }
            throw e;
        }
    }

    private Permit permit(Criticality criticality, Deadline deadline) {
        try {
            return admission.acquire(criticality, deadline);
        } catch (DatabaseUnavailableException e) {
            // Where a pause has ended the wait, that is why.
            availability.pause().refuse();
            throw e;
        }
    }

    private <T> T attempt(
            Effect effect,
            Criticality criticality,
            Deadline deadline,
            SqlWork<T> work,
            Permit permit,
            Arrival arrival) {
        @Nullable RuntimeException first = null;
        while (true) {
            Holding holding = borrow(criticality, deadline, first);
            permit.begins();
            if (first == null) {
                arrival.ends();
                if (arrival.waited(availability)) {
                    listener.databaseAwaited(criticality, arrival.elapsed());
                }
            }
            boolean distrusted =
                    first == null && effect != Effect.WRITES && holding.idle().compareTo(vigilance.idle()) > 0;
            try {
                T result = use(holding, distrusted, work);
                permit.ends(Permit.Outcome.SUCCESS);
                if (availability.activity().served(effect != Effect.READS)) {
                    availability.publish();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                Optional<DatabaseFailure> found = FailureClassifier.classify(e, Phase.WORKING)
                        .map(failure -> holding.abandoned() ? NO_ANSWER : failure)
                        .map(failure -> distrusted && failure.equals(NO_ANSWER) ? SILENT : failure);
                consequences.draw(found, e, holding, permit);
                boolean again = first == null
                        && found.filter(effect::repeatsAfter).isPresent()
                        && !deadline.passed()
                        && !Thread.currentThread().isInterrupted()
                        && retries.withdraw();
                found.ifPresent(failure -> listener.workFailed(criticality, failure, again));
                first = thrown(found, e);
                if (!again) {
                    throw first;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
            } finally {
                listener.workFinished(criticality, holding.held(), permit.outcome());
            }
        }
    }

    /// A connection; where there is none for a repetition, what the first attempt met is what counts.
    private Holding borrow(Criticality criticality, Deadline deadline, @Nullable RuntimeException first) {
        try {
            return pool.borrow(criticality, deadline);
        } catch (DatabaseUnavailableException e) {
            if (first == null) {
                throw e;
            }
            first.addSuppressed(e);
            throw first;
        }
    }

    /// Changes how many connections are asked for; takes effect as the work that goes on gives them back.
    public void resize(int maximum) {
        pool.capacity().ask(maximum);
    }

    /// Ends the connections: those that nobody uses now, the others when they come back.
    public Evicted evict() {
        return pool.evict();
    }

    /// Refuses what comes or waits until [#resume], or until the time is over. The work that goes on is let be.
    public void pause(Duration atMost) {
        availability.pause(atMost);
        admission.refuseWaiting();
    }

    /// Looks whether the server has ended what nobody uses, without asking it.
    ///
    /// @return whether it has
    public boolean glance() {
        return pool.glance();
    }

    /// Goes on after [#pause].
    public void resume() {
        availability.resume();
    }

    /// What is known without asking the database.
    public NeonSnapshot snapshot() {
        return new NeonSnapshot(
                availability.state(),
                pool.active(),
                pool.idle(),
                admission.waiting(),
                admission.inUse(),
                pool.capacity().maximum(),
                pool.capacity().asked(),
                pool.capacity().server(),
                availability.pause().until(),
                availability.wakes().quantile(50),
                availability.wakes().quantile(95),
                census.holders(),
                tally.totals());
    }

    /// The connections that work holds now, the oldest first.
    public List<HeldConnection> holders() {
        return overseer.holders();
    }

    /// For how long it is right to hold a connection.
    public Duration longestHold() {
        return overseer.tooLong();
    }

    /// Refuses what comes or waits, gives the work that goes on some seconds, and closes all connections.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            availability.close();
            admission.drain(Deadline.in(DRAIN));
            pool.close();
            overseer.close();
        }
    }

    /// While the work goes on its deadline is watched over: the server cancels what it has not done by then. What does
    /// not even say so ends the connection.
    private <T> T use(Holding holding, boolean distrusted, SqlWork<T> work) throws SQLException {
        overseer.begin(holding);
        try {
            holding.connection().setNetworkTimeout(Runnable::run, patience(holding, distrusted));
            listener.workStarted(holding.criticality(), holding.physical().getBackendPID());
            return work.run(holding.connection());
        } catch (SQLException | RuntimeException e) {
            if (FailureClassifier.classify(e, Phase.WORKING).equals(CANCELED)) {
                holding.canceled();
            }
            throw e;
        } finally {
            overseer.end(holding);
            pool.giveBack(holding);
        }
    }

    /// For how many milliseconds one answer is waited for; 0 where the overseer alone ends what is late: each read with
    /// a time limit would have a virtual thread's timer set and canceled.
    private int patience(Holding holding, boolean distrusted) {
        long silence = distrusted ? vigilance.silence().toMillis() : Long.MAX_VALUE;
        long socket = socketTimeout > 0 ? socketTimeout : Long.MAX_VALUE;
        long nearest = Math.min(silence, socket);
        boolean overseen =
                holding.deadline().remaining().plus(Overseer.LAST_WORD).toMillis() <= nearest;
        return overseen ? 0 : Math.clamp(nearest, 1, 3_600_000);
    }

    private void askWhoHoldsThem() {
        if (census.due()) {
            Thread.ofVirtual().name("neon-census").start(() -> {
                try {
                    listener.slotsExhausted(
                            run(Effect.READS, Criticality.BACKGROUND, Deadline.in(CENSUS_DEADLINE), census::take));
                } catch (DatabaseUnavailableException | UncheckedSqlException e) {
                    LOG.debug("nobody could be asked who holds the connections", e);
                }
            });
        }
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
}
