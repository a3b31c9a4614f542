package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictIT {

    private final NeonDatabase neon = new NeonDatabase(NeonSettings.of(TestPostgres.url(TestPostgres.freshDatabase())));

    @AfterEach
    void close() {
        neon.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void repeats_once_after_a_conflict_what_may_be_repeated(String state) {
        AtomicInteger runs = new AtomicInteger();
        SqlWork<Integer> conflictingOnce = connection -> {
            if (runs.incrementAndGet() == 1) {
                conflict(connection, state);
            }
            return number(connection, "SELECT 5");
        };

        assertThat(neon.<Integer>read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), conflictingOnce))
                .isEqualTo(5);
        assertThat(runs.getAndSet(0)).isEqualTo(2);
        assertThat(neon.<Integer>writeIdempotent(Criticality.COMPLETION, Deadline.in(LONG), conflictingOnce))
                .isEqualTo(5);
        assertThat(runs.getAndSet(0)).isEqualTo(2);
        assertConflict(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), conflictingOnce));
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void says_that_the_database_was_busy_where_a_conflict_came_twice(String state) {
        AtomicInteger runs = new AtomicInteger();

        assertConflict(() -> neon.writeIdempotent(Criticality.COMPLETION, Deadline.in(LONG), connection -> {
            runs.incrementAndGet();
            conflict(connection, state);
            return 0;
        }));

        assertThat(runs).hasValue(2);
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    private static void assertConflict(ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(DatabaseUnavailableException.class, e -> {
            assertThat(e.failure()).isInstanceOf(Conflict.class);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    private static void conflict(Connection connection, String state) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN RAISE SQLSTATE '" + state + "'; END $$");
        }
    }
}
