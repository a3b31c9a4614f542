package dev.lectern.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All API keys as they were at one moment, in memory.
public final class KnownKeys {

    private final InstantSource clock;
    private volatile @Nullable Snapshot last;

    /// @param takenAt when they began to be read: what was written before is in it
    record Snapshot(Map<String, ApiKey> byId, Instant takenAt) {

        /// One on a clock that was put back is as old as can be.
        boolean isOlderThan(Duration age, Instant now) {
            return Duration.between(takenAt, now).abs().compareTo(age) > 0;
        }
    }

    public KnownKeys(InstantSource clock) {
        this.clock = clock;
    }

    /// Reads them by a connection that is at hand, when the database is reached for the first time.
    public void load(Connection connection) throws SQLException {
        Instant now = clock.instant();
        take(ApiKeyDao.keys(connection), now);
    }

    void take(List<ApiKey> keys, Instant takenAt) {
        last = new Snapshot(
                keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity())), takenAt);
    }

    /// Null before the database was reached.
    @Nullable
    Snapshot last() {
        return last;
    }
}
