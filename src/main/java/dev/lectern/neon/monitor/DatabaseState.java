package dev.lectern.neon.monitor;

import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The database as this process sees it.
///
/// @param status what can be expected of it
/// @param cause why, where it is not ready
/// @param since when it came to be so
public record DatabaseState(Status status, @Nullable DatabaseFailure cause, Instant since) {

    /// What can be expected of the database.
    public enum Status {
        /// It serves.
        READY,
        /// It was lost or asked for, and is expected within moments: requests wait.
        WAKING,
        /// Nobody has asked for it for as long as it takes to be suspended; assumed, not asked.
        ASLEEP,
        /// It has no room for more connections.
        SATURATED,
        /// It serves reads only.
        READ_ONLY,
        /// It cannot be had: requests are refused at once.
        DOWN
    }

    /// Whether the other says the same, whenever it came to be so.
    public boolean isLike(DatabaseState other) {
        return status == other.status && Objects.equals(cause, other.cause);
    }
}
