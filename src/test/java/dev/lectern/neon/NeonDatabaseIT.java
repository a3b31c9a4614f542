package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.fill;
import static dev.lectern.neon.SampleWork.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.Timings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
class NeonDatabaseIT {

    private final String name = TestPostgres.freshDatabase();
    private final NeonDatabase neon =
            new NeonDatabase(NeonSettings.of(TestPostgres.url(name)).withMaximumPoolSize(4));

    @AfterEach
    void close() {
        neon.close();
    }

    @Test
    void connects_to_nothing_until_somebody_asks() {
        assertThat(neon.snapshot().totals().opened()).isZero();
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.ASLEEP);

        assertThat(read("SELECT 42")).isEqualTo(42);

        assertThat(neon.snapshot().totals().opened()).isOne();
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    @Test
    void serves_two_hundred_callers_with_four_connections() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int expected = i;
                answers.add(callers.submit(() ->
                        neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            try {
                                return number(connection, "SELECT " + expected + " FROM pg_sleep(0.002)");
                            } finally {
                                now.decrementAndGet();
                            }
                        })));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(most.get()).isBetween(1, 4);
        assertThat(neon.snapshot().permits()).isZero();
        assertThat(neon.snapshot().totals().opened()).isLessThanOrEqualTo(4);
        assertThat(neon.snapshot().totals().finished()).isEqualTo(200);
    }

    @Test
    void refuses_at_the_deadline_whoever_got_no_permit() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(4);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                callers.execute(() -> neon.read(Criticality.BACKGROUND, Deadline.in(LONG), connection -> {
                    busy.countDown();
                    await(done);
                    return 0;
                }));
            }
            busy.await();
            Duration took = Timings.shortest(
                    3,
                    () -> assertThatThrownBy(() -> neon.read(
                                    Criticality.INTERACTIVE_READ, Deadline.in(Duration.ofMillis(50)), connection -> 1))
                            .isInstanceOfSatisfying(
                                    DatabaseUnavailableException.class,
                                    e -> assertThat(e.failure()).isEqualTo(new Saturated(Saturated.Reason.PERMITS))));
            assertThat(took).isLessThan(Duration.ofMillis(150));
            assertThat(neon.snapshot().totals().refused()).isEqualTo(3);
            done.countDown();
        }
        assertThat(neon.snapshot().permits()).isZero();
        assertThat(read("SELECT 1")).isOne();
    }

    @Test
    void refuses_at_once_when_the_deadline_has_passed() {
        assertThat(read("SELECT 1")).isOne();

        assertThatThrownBy(() -> neon.read(Criticality.INTERACTIVE_READ, Deadline.in(Duration.ZERO), connection -> 1))
                .isInstanceOf(DatabaseUnavailableException.class);
    }

    @Test
    void does_not_wait_for_an_answer_beyond_the_deadline() {
        assertThat(read("SELECT 1")).isOne();

        Duration took = Timings.shortest(
                3,
                () -> assertThatThrownBy(() -> neon.read(
                                Criticality.INTERACTIVE_READ,
                                Deadline.in(Duration.ofMillis(200)),
                                connection -> number(connection, "SELECT 1 FROM pg_sleep(10)")))
                        .isInstanceOf(DatabaseUnavailableException.class)
                        .hasMessageContaining("its deadline had passed"));

        assertThat(took).isLessThan(Duration.ofMillis(300));
        assertThat(read("SELECT 1")).isOne();
    }

    @Test
    void lets_ordinary_errors_pass() {
        assertThatThrownBy(() -> read("SELECT nonsense"))
                .isInstanceOfSatisfying(
                        UncheckedSqlException.class,
                        e -> assertThat(e.sqlException().getSQLState()).isEqualTo("42703"));
        assertThat(neon.snapshot().totals().failed()).isZero();
        assertThatThrownBy(() -> neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThat(neon.snapshot().permits()).isZero();
        assertThat(neon.snapshot().active()).isZero();
    }

    @Test
    void refuses_work_within_work_since_it_could_wait_for_itself() {
        assertThatThrownBy(() ->
                        neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> read("SELECT 1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("second");
        assertThat(neon.snapshot().permits()).isZero();
    }

    @Test
    void gives_a_library_the_connection_that_the_work_holds_and_no_other() {
        assertThatThrownBy(() -> neon.dataSource().getConnection()).isInstanceOf(SQLException.class);

        boolean same = neon.read(
                Criticality.INTERACTIVE_READ,
                Deadline.in(LONG),
                connection -> neon.dataSource().getConnection().equals(connection));

        assertThat(same).isTrue();
    }

    @Test
    void reads_without_an_error_after_the_server_has_ended_all_connections() throws Exception {
        fill(neon, 4);

        for (int round = 0; round < 5; round++) {
            terminateAll();
            assertThat(read("SELECT 7")).isEqualTo(7);
        }
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    @Test
    void tells_a_plain_write_that_the_connection_was_lost_in_its_midst_and_does_not_repeat_it() {
        assertThat(read("SELECT 1")).isOne();
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> {
                    runs.incrementAndGet();
                    terminateAll();
                    return number(connection, "SELECT 1");
                }))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("ended the connection");
        assertThat(runs).hasValue(1);

        runs.set(0);
        int answer = neon.writeIdempotent(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> {
            if (runs.incrementAndGet() == 1) {
                terminateAll();
            }
            return number(connection, "SELECT 5");
        });
        assertThat(answer).isEqualTo(5);
        assertThat(runs).hasValue(2);
    }

    @Test
    void says_that_it_is_read_only_and_goes_on_reading() {
        assertThatThrownBy(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("BEGIN READ ONLY; CREATE TABLE never (id int)");
                    } finally {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("ROLLBACK");
                        }
                    }
                    return 0;
                }))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("takes no writes");
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READ_ONLY);
        assertThat(read("SELECT 3")).isEqualTo(3);
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READ_ONLY);

        neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> number(connection, "SELECT 1"));

        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    @Test
    void refuses_clearly_once_it_is_closed() {
        neon.close();

        assertThatThrownBy(() -> read("SELECT 1"))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("closed");
    }

    private void terminateAll() throws SQLException {
        try (Connection administrator = TestPostgres.administrator();
                Statement statement = administrator.createStatement()) {
            // The second argument waits until the backend is gone.
            statement.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    private int read(String sql) {
        return SampleWork.read(neon, connection -> number(connection, sql));
    }
}
