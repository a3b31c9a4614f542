package dev.lectern.persistence;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// JDBI over the connection layer: each method says how much its work matters, and until when it is of use.
///
/// Statements run in autocommit, one round trip each; only [#transaction] opens a transaction. While the work runs a
/// connection is held: nothing in it may wait for anything but the database.
///
/// All methods throw [dev.lectern.problem.UnavailableException] where the database cannot serve in time.
public final class Database {

    private static final Duration INTERACTIVE = Duration.ofSeconds(2);
    private static final Duration COMPLETION = Duration.ofSeconds(5);
    private static final Duration BACKGROUND = Duration.ofSeconds(30);

    private final NeonDatabase neon;
    private final Jdbi jdbi;

    /// @param jdbi over [NeonDatabase#dataSource()]
    public Database(NeonDatabase neon, Jdbi jdbi) {
        this.neon = neon;
        this.jdbi = jdbi;
    }

    /// Reads what a person waits for. May be repeated once after a lost connection.
    public <T> T read(Function<Handle, T> work) {
        return neon.read(Criticality.INTERACTIVE_READ, Deadline.in(INTERACTIVE), on(work));
    }

    /// Writes what a person waits for. Never repeated.
    public <T> T write(Function<Handle, T> work) {
        return neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(INTERACTIVE), on(work));
    }

    /// Writes what may be repeated without harm, because a key settles what was done already.
    public <T> T writeIdempotent(Function<Handle, T> work) {
        return neon.writeIdempotent(Criticality.INTERACTIVE_WRITE, Deadline.in(INTERACTIVE), on(work));
    }

    /// Stores a finished answer, which a key settles.
    public <T> T complete(Function<Handle, T> work) {
        return neon.writeIdempotent(Criticality.COMPLETION, Deadline.in(COMPLETION), on(work));
    }

    /// Works for nobody who waits, in autocommit.
    public <T> T background(Function<Handle, T> work) {
        return neon.write(Criticality.BACKGROUND, Deadline.in(BACKGROUND), on(work));
    }

    /// Works for nobody who waits, in one transaction.
    public <T> T transaction(Function<Handle, T> work) {
        return neon.write(
                Criticality.BACKGROUND, Deadline.in(BACKGROUND), on(handle -> handle.inTransaction(work::apply)));
    }

    private <T> SqlWork<T> on(Function<Handle, T> work) {
        return connection -> jdbi.withHandle(work::apply);
    }
}
