package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the work that was done shows of a database that is there.
final class Activity {

    private volatile long last = System.nanoTime();
    private volatile boolean served;
    private volatile @Nullable ReadOnly readOnly;
    private volatile @Nullable DatabaseFailure trouble;

    /// Work was done.
    ///
    /// @param wrote whether it may have written
    /// @return whether it shows that writes are possible again
    boolean served(boolean wrote) {
        last = System.nanoTime();
        served = true;
        trouble = null;
        boolean news = wrote && readOnly != null;
        if (news) {
            readOnly = null;
        }
        return news;
    }

    /// The server has answered, if only with an error.
    void answered() {
        last = System.nanoTime();
    }

    /// Work met a failure.
    void failed(DatabaseFailure failure) {
        trouble = failure;
    }

    /// The failure that work met last, where none was done since.
    Optional<DatabaseFailure> trouble() {
        return Optional.ofNullable(trouble);
    }

    /// Connections can be had again; whether they serve is to be seen.
    void opened() {
        last = System.nanoTime();
        served = false;
    }

    void refusedWrite(ReadOnly failure) {
        last = System.nanoTime();
        readOnly = failure;
    }

    /// Whether any work was done since the last opening.
    boolean hasServed() {
        return served;
    }

    /// Whether the server has answered anything since a moment on the monotonic clock.
    boolean since(long nanos) {
        return last - nanos > 0;
    }

    /// Whether a compute is suspended by now that is suspended after so long without work; zero for never.
    boolean outlasted(Duration suspendTimeout) {
        return !suspendTimeout.isZero() && System.nanoTime() - last >= suspendTimeout.toNanos();
    }

    Optional<ReadOnly> readOnly() {
        return Optional.ofNullable(readOnly);
    }
}
