package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.WorkAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A connection that a piece of work holds, from being handed out to being given back.
///
/// @param connection as HikariCP gives it
/// @param physical what is beneath it
/// @param holder the thread that does the work
/// @param account of the request that the work is for, where there is one
/// @param taken when it was handed out, on the monotonic clock
/// @param idle for how long nobody had used it before
/// @param heard whether the server took a cancellation, once that is known
record Holding(
        Connection connection,
        NeonConnection physical,
        Thread holder,
        @Nullable WorkAccount account,
        Criticality criticality,
        Deadline deadline,
        long taken,
        Duration idle,
        AtomicReference<Stage> stage,
        CompletableFuture<Boolean> heard,
        AtomicBoolean reported) {

    /// Where the work is.
    enum Stage {
        WORKING,
        /// Its deadline had passed, and the server is asked to cancel its statement.
        CANCELED,
        /// Not even that was answered, and the connection was ended.
        ABANDONED,
        ENDED
    }

    static Holding begin(Connection connection, Criticality criticality, Deadline deadline) throws SQLException {
        NeonConnection physical = connection.unwrap(NeonConnection.class);
        Duration idle = physical.handOut();
        return new Holding(
                connection,
                physical,
                Thread.currentThread(),
                WorkAccount.current(),
                criticality,
                deadline,
                System.nanoTime(),
                idle,
                new AtomicReference<>(Stage.WORKING),
                new CompletableFuture<>(),
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

    /// How many nanoseconds it is until the deadline; negative after it.
    long nanosLeft() {
        return deadline.nanos() - System.nanoTime();
    }

    /// Whether the work had not ended, so that its connection is to be ended.
    boolean abandon() {
        Stage before = stage.getAndUpdate(now -> now == Stage.ENDED ? Stage.ENDED : Stage.ABANDONED);
        return before == Stage.WORKING || before == Stage.CANCELED;
    }

    /// Whether its connection was ended because it was late.
    boolean abandoned() {
        return stage.get() == Stage.ABANDONED;
    }

    /// The cancellation has arrived: it will hit nothing else.
    void canceled() {
        stage.compareAndSet(Stage.CANCELED, Stage.WORKING);
    }

    /// Ends the work, and tells whether no cancellation is under way.
    boolean end() {
        return stage.getAndUpdate(now -> now == Stage.ABANDONED ? now : Stage.ENDED) == Stage.WORKING;
    }

    /// What others see of it.
    ///
    /// @param longest for which it is right to hold a connection
    HeldConnection seen(Duration longest) {
        Duration age = held();
        boolean tooLong = age.compareTo(longest) > 0;
        return new HeldConnection(
                account == null ? null : account.route(),
                account == null ? null : account.requestId(),
                criticality,
                physical.getBackendPID(),
                age,
                physical.lastSql(),
                tooLong,
                tooLong ? List.of(holder.getStackTrace()) : List.of());
    }

    /// Whether this is the first time that its length is told of.
    boolean report() {
        return reported.compareAndSet(false, true);
    }
}
