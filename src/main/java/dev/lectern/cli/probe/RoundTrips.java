package dev.lectern.cli.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Round trips that were measured: how long they took, which processes answered, and what their clock said.
///
/// @param times ascending
/// @param pids the server's processes that answered
/// @param skew by how much the server's clock is ahead of this machine's, against the middle of the quickest round trip
record RoundTrips(List<Duration> times, Set<Integer> pids, Duration skew) {

    static final int COUNT = 20;

    private static final String SQL = "SELECT clock_timestamp(), pg_backend_pid()";

    static RoundTrips measure(Connection connection, InstantSource clock) throws SQLException {
        List<Duration> times = new ArrayList<>();
        Set<Integer> pids = new HashSet<>();
        Duration quickest = Duration.ofDays(1);
        Duration skew = Duration.ZERO;
        try (Statement statement = connection.createStatement()) {
            // Not measured: the first pays for what the driver has to load.
            statement.executeQuery(SQL).close();
            for (int i = 0; i < COUNT; i++) {
                Instant before = clock.instant();
                long start = System.nanoTime();
                try (ResultSet row = statement.executeQuery(SQL)) {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    row.next();
                    times.add(took);
                    pids.add(row.getInt(2));
                    if (took.compareTo(quickest) < 0) {
                        quickest = took;
                        Instant server = Objects.requireNonNull(row.getObject(1, OffsetDateTime.class))
                                .toInstant();
                        skew = Duration.between(before.plus(took.dividedBy(2)), server);
                    }
                }
            }
        }
        Collections.sort(times);
        return new RoundTrips(List.copyOf(times), Set.copyOf(pids), skew);
    }

    /// The time that this part of them did not exceed.
    Duration percentile(double share) {
        return times.get((int) Math.ceil(share * times.size()) - 1);
    }
}
