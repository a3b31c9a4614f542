package dev.lectern.persistence;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// JDBI over the connection layer: each method says how much its work matters, and until when it is of use.
///
/// Statements run in autocommit, one round trip each; only [#transaction] opens a transaction. While the work runs
/// a connection is held: nothing in it may wait for anything but the database, and nothing in it may ask for
/// another.
///
/// All methods throw [UnavailableException] where the database cannot serve in time.
public final class Database {

    /// Enough for a wake of two seconds and the work after it.
    private static final Duration INTERACTIVE = Duration.ofMillis(2500);

    /// Not within the request's deadline: an answer that took a minute to write is worth being stored.
    private static final Duration COMPLETION = Duration.ofSeconds(5);
    private static final Duration BACKGROUND = Duration.ofSeconds(30);

    /// Too short to wait for a wake.
    private static final Duration IN_PASSING = Duration.ofSeconds(1);

    /// As long as somebody looks at an empty table.
    private static final Duration OBSERVATION = Duration.ofSeconds(3);

    private final NeonDatabase neon;
    private final Jdbi jdbi;

    /// @param jdbi over [NeonDatabase#dataSource()]
    public Database(NeonDatabase neon, Jdbi jdbi) {
        this.neon = neon;
        this.jdbi = jdbi;
        // Otherwise an exception, and so the log, would quote what readers wrote.
        jdbi.configure(StatementExceptions.class, each -> each.setMessageRendering(MessageRendering.NONE));
    }

    /// Reads what a person waits for. May be repeated once after a lost connection.
    public <T> T read(Function<Handle, T> work) {
        return translating(() -> neon.read(Criticality.INTERACTIVE_READ, Deadline.within(INTERACTIVE), on(work)));
    }

    /// Writes what a person waits for. Never repeated.
    public <T> T write(Function<Handle, T> work) {
        return translating(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.within(INTERACTIVE), on(work)));
    }

    /// Writes what may be repeated without harm, because a key settles what was done already.
    public <T> T writeIdempotent(Function<Handle, T> work) {
        return translating(
                () -> neon.writeIdempotent(Criticality.INTERACTIVE_WRITE, Deadline.within(INTERACTIVE), on(work)));
    }

    /// Stores a finished answer, which a key settles.
    public <T> T complete(Function<Handle, T> work) {
        return translating(() -> neon.writeIdempotent(Criticality.COMPLETION, Deadline.in(COMPLETION), on(work)));
    }

    /// Works for nobody who waits, in autocommit.
    public <T> T background(Function<Handle, T> work) {
        return translating(() -> neon.write(Criticality.BACKGROUND, Deadline.in(BACKGROUND), on(work)));
    }

    /// Works for nobody who waits, in one transaction, which may be done twice without harm.
    public <T> T transaction(Function<Handle, T> work) {
        return translating(() -> neon.writeIdempotent(
                Criticality.BACKGROUND, Deadline.in(BACKGROUND), on(handle -> handle.inTransaction(work::apply))));
    }

    /// Works for nobody who waits, in autocommit, and only where the database is awake: empty where it is not.
    public <T> Optional<T> inPassing(Function<Handle, T> work) {
        return neon.snapshot().state().status() == DatabaseState.Status.READY
                ? Optional.of(translating(() -> neon.write(Criticality.BACKGROUND, Deadline.in(IN_PASSING), on(work))))
                : Optional.empty();
    }

    /// Does one statement for an operator, who is no reader: gives way to all others, and is never done twice.
    public <T> T observe(Function<Handle, T> work) {
        return translating(() -> neon.write(Criticality.BACKGROUND, Deadline.in(OBSERVATION), on(work)));
    }

    /// Reads what decides who may come in, once for all who ask: before all other work, and no sign of a reader.
    public <T> T consult(Function<Handle, T> work) {
        return translating(() -> neon.read(Criticality.COMPLETION, Deadline.in(OBSERVATION), on(work)));
    }

    private <T> SqlWork<T> on(Function<Handle, T> work) {
        return connection -> jdbi.withHandle(work::apply);
    }

    private static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseUnavailableException e) {
            throw new UnavailableException(slug(e.failure()), e.failure().message(), e.retryAfter(), e);
        }
    }

    private static String slug(DatabaseFailure failure) {
        return switch (failure) {
            case Waking waking -> "database-waking";
            case ConnectionLost lost -> "database-waking";
            case Saturated saturated -> "database-saturated";
            case TimedOut slow -> "database-saturated";
            case Conflict conflict -> "database-saturated";
            case ReadOnly readOnly -> "database-read-only";
            case Down down -> "database-down";
        };
    }
}
