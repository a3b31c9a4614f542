package dev.lectern.neon.internal;

import dev.lectern.neon.monitor.WorkAccount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How work met the database when it came.
///
/// @param start when, on the monotonic clock
/// @param open whether the database was there
/// @param generation which generation of connections was in use
/// @param account of the request that the work is for, where there is one
record Arrival(
        long start, boolean open, long generation, @Nullable WorkAccount account) {

    static Arrival now(Availability availability) {
        @Nullable WorkAccount account = WorkAccount.current();
        if (account != null) {
            account.addPiece();
        }
        return new Arrival(System.nanoTime(), availability.isOpen(), availability.generation(), account);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Whether the database had to be waited for.
    boolean waited(Availability availability) {
        return !open || generation != availability.generation();
    }

    /// The work has a connection now, or gets none.
    void ends() {
        if (account != null) {
            account.addWaited(elapsed());
        }
    }
}
