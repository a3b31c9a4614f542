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
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes work from the permit over the connection to the outcome, and repeats it once where that is safe.
public final class Execution implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /// For how long closing waits for the work that goes on.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /// What the work does to the database, and so whether it may be done once more.
    public enum Effect {
        READS,
        WRITES,
        /// Writes what a key settles.
        WRITES_IDEMPOTENTLY
    }

    /// How long the server's word on a canceled statement is waited for after the deadline.
    private static final Duration LAST_WORD = Duration.ofMillis(80);

    /// What is repeated begins a random moment later, so that callers whom one event has hit do not come back at once.
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private static final Duration CENSUS_DEADLINE = Duration.ofSeconds(2);

    private static final Optional<DatabaseFailure> CANCELED = Optional.of(new TimedOut(TimedOut.Reason.CANCELED));

    private final Tally tally = new Tally();
    private final Census census = new Census();
    private final Vigilance vigilance;
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
        long start = System.nanoTime();
        retries.deposit();
        try {
            availability.awaitOpen(deadline);
            try (Permit permit = admission.acquire(criticality, deadline)) {
                listener.permitAcquired(criticality, since(start));
                return attempt(effect, criticality, deadline, work, permit);
            }
        } catch (DatabaseUnavailableException e) {
            if (e.getCause() == null) {
                listener.refused(criticality, since(start), e.failure());
            }
            throw e;
        }
    }

    private <T> T attempt(Effect effect, Criticality criticality, Deadline deadline, SqlWork<T> work, Permit permit) {
        for (boolean repeated = false; ; repeated = true) {
            Holding holding = pool.borrow(criticality, deadline);
            permit.begins();
            boolean distrusted =
                    !repeated && effect != Effect.WRITES && holding.idle().compareTo(vigilance.idle()) > 0;
            try {
                T result = use(holding, distrusted, work);
                permit.ends(Permit.Outcome.SUCCESS);
                if (availability.activity().served(effect != Effect.READS)) {
                    availability.publish();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                Optional<DatabaseFailure> found = FailureClassifier.classify(e, Phase.WORKING)
                        .map(failure -> distrusted ? lostRatherThanSlow(failure) : failure);
                found.ifPresent(failure -> consequences.draw(failure, holding, permit));
                boolean again = !repeated
                        && found.filter(failure -> repeats(failure, effect)).isPresent()
                        && !deadline.passed()
                        && retries.withdraw();
                found.ifPresent(failure -> listener.workFailed(criticality, failure, again));
                if (!again) {
                    throw thrown(found, e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
            } finally {
                listener.workFinished(criticality, holding.held(), permit.outcome());
            }
        }
    }

    /// Changes how many connections are asked for; takes effect as the work that goes on gives them back.
    public void resize(int maximum) {
        pool.capacity().ask(maximum);
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
                census.holders(),
                tally.totals());
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
            Duration answer = holding.deadline().remaining().plus(LAST_WORD);
            Duration wait = distrusted && answer.compareTo(vigilance.silence()) > 0 ? vigilance.silence() : answer;
            holding.connection().setNetworkTimeout(Runnable::run, Math.clamp(wait.toMillis(), 1, 3_600_000));
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

    /// No answer on a connection that was idle for long: the network has forgotten it.
    private static DatabaseFailure lostRatherThanSlow(DatabaseFailure failure) {
        return failure.equals(new TimedOut(TimedOut.Reason.NO_ANSWER))
                ? new ConnectionLost(ConnectionLost.Reason.SILENT)
                : failure;
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
