package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Work that the tests of this package give to a database.
final class SampleWork {

    /// More time than any work of the tests needs.
    static final Duration LONG = Duration.ofSeconds(20);

    private SampleWork() {}

    /// Reads, with so much time.
    static int read(NeonDatabase from, Duration time, SqlWork<Integer> work) {
        return from.read(Criticality.INTERACTIVE_READ, Deadline.in(time), work);
    }

    /// Reads, with time enough.
    static int read(NeonDatabase from, SqlWork<Integer> work) {
        return read(from, LONG, work);
    }

    /// Reads a 1.
    static int read(NeonDatabase from) {
        return read(from, SampleWork::one);
    }

    /// The number that a statement finds.
    static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// A 1.
    static int one(Connection connection) throws SQLException {
        return number(connection, "SELECT 1");
    }

    /// A 1, for which the server takes so many seconds.
    static int one(Connection connection, double seconds) throws SQLException {
        return number(connection, "SELECT 1 FROM pg_sleep(" + seconds + ")");
    }

    /// Has all connections made.
    ///
    /// @param connections as many as there may be
    static void fill(NeonDatabase neon, int connections) {
        CountDownLatch all = new CountDownLatch(connections);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                callers.execute(() -> read(neon, connection -> {
                    all.countDown();
                    await(all);
                    return one(connection);
                }));
            }
        }
        assertThat(neon.snapshot().idle()).isEqualTo(connections);
    }

    /// Waits inside of work, which cannot be interrupted for anything but an end.
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
