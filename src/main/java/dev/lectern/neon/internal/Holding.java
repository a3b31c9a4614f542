package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A connection that a piece of work holds, from being handed out to being given back.
///
/// @param connection as HikariCP gives it
/// @param physical what is beneath it
/// @param holder the thread that does the work
/// @param taken when it was handed out, on the monotonic clock
/// @param idle for how long nobody had used it before
record Holding(
        Connection connection,
        NeonConnection physical,
        Thread holder,
        Criticality criticality,
        Deadline deadline,
        long taken,
        Duration idle,
        AtomicReference<Stage> stage,
        AtomicBoolean reported) {

    /// Where the work is.
    enum Stage {
        WORKING,
        /// Its deadline had passed, and the server is asked to cancel its statement.
        CANCELED,
        ENDED
    }

    static Holding begin(Connection connection, Criticality criticality, Deadline deadline) throws SQLException {
        NeonConnection physical = connection.unwrap(NeonConnection.class);
        Duration idle = physical.handOut();
        return new Holding(
                connection,
                physical,
                Thread.currentThread(),
                criticality,
                deadline,
                System.nanoTime(),
                idle,
                new AtomicReference<>(Stage.WORKING),
                new AtomicBoolean());
    }

    long generation() {
        return physical.generation();
    }

    Duration held() {
        return Duration.ofNanos(System.nanoTime() - taken);
    }

    /// Whether the work had not ended, so that its statement is to be canceled.
    boolean cancel() {
        return stage.compareAndSet(Stage.WORKING, Stage.CANCELED);
    }

    /// The cancellation has arrived: it will hit nothing else.
    void canceled() {
        stage.compareAndSet(Stage.CANCELED, Stage.WORKING);
    }

    /// Ends the work, and tells whether no cancellation is under way.
    boolean end() {
        return stage.getAndSet(Stage.ENDED) == Stage.WORKING;
    }

    /// Whether this is the first time that its length is told of.
    boolean report() {
        return reported.compareAndSet(false, true);
    }
}
