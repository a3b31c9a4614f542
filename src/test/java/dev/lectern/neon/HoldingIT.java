package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.fill;
import static dev.lectern.neon.SampleWork.number;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.Timings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of a connection while work holds it.
@Tag("alone")
class HoldingIT {

    private final String name = TestPostgres.freshDatabase();
    private final BlockingQueue<StackTraceElement[]> stacks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> backends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> ends = new LinkedBlockingQueue<>();
    private final NeonListener listener = new NeonListener() {
        @Override
        public void connectionClosed(Duration age) {
            ends.add(age);
        }

        @Override
        public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
            stacks.add(stack);
        }

        @Override
        public void workStarted(Criticality criticality, int backendPid) {
            backends.add(backendPid);
        }
    };
    private final NeonDatabase neon = new NeonDatabase(
            NeonSettings.of(TestPostgres.url(name))
                    .withMaximumPoolSize(2)
                    .withVigilance(
                            new Vigilance(Duration.ofSeconds(30), Duration.ofMillis(400), Duration.ofMillis(200))),
            listener,
            Preparation.NONE);

    @AfterEach
    void close() {
        neon.close();
    }

    @Test
    void has_the_server_cancel_a_statement_at_its_deadline_and_keeps_the_connection() throws Exception {
        int backend = backend();

        Duration took = Timings.shortest(
                3,
                () -> assertThatThrownBy(() -> read(neon, Duration.ofMillis(200), connection -> one(connection, 30)))
                        .isInstanceOfSatisfying(
                                DatabaseUnavailableException.class,
                                e -> assertThat(e.failure()).isEqualTo(new TimedOut(TimedOut.Reason.CANCELED))));

        assertThat(took).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
        assertThat(backend()).isEqualTo(backend);
        assertThat(neon.snapshot().totals().closed()).isZero();
    }

    @Test
    void leaves_no_statement_behind_that_waits_for_a_lock() throws Exception {
        try (Connection administrator = TestPostgres.administrator(name);
                Statement statement = administrator.createStatement()) {
            statement.execute("CREATE TABLE hot (id int)");
            administrator.setAutoCommit(false);
            statement.execute("LOCK TABLE hot");

            assertThatThrownBy(() -> read(
                            neon, Duration.ofMillis(100), connection -> number(connection, "SELECT count(*) FROM hot")))
                    .isInstanceOf(DatabaseUnavailableException.class);

            try (ResultSet waiting = statement.executeQuery(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                waiting.next();
                assertThat(waiting.getInt(1)).isZero();
            }
            administrator.rollback();
        }
    }

    @Test
    void tells_where_somebody_is_who_holds_a_connection_and_waits_for_something_else() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> leak = callers.submit(() -> read(neon, connection -> waitForALanguageModel(release)));

            StackTraceElement[] stack = stacks.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(stack)
                    .isNotNull()
                    .extracting(StackTraceElement::getMethodName)
                    .contains("waitForALanguageModel");

            release.countDown();
            assertThat(leak.get()).isZero();
        }
        assertThat(stacks).isEmpty();
    }

    @Test
    void names_the_servers_process_to_whoever_listens() throws Exception {
        int backend = backend();

        assertThat(backends.poll()).isEqualTo(backend);
    }

    @Test
    void ends_what_is_too_much_after_a_resize_as_it_comes_back_and_makes_more_when_there_may_be_more()
            throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(2);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                callers.execute(() -> read(neon, connection -> {
                    held.countDown();
                    return waitForALanguageModel(release);
                }));
            }
            held.await();

            neon.resize(1);

            assertThat(neon.snapshot().maximum()).isOne();
            assertThat(neon.snapshot().active()).isEqualTo(2);
            release.countDown();
        }
        assertThat(neon.snapshot().idle()).isLessThanOrEqualTo(1);
        assertThat(ends.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(backend()).isPositive();

        neon.resize(2);
        fill(neon, 2);
    }

    @Test
    void gives_up_at_the_nearer_of_its_own_and_the_requests_deadline() {
        assertThat(ScopedValue.where(Deadline.OF_REQUEST, Deadline.in(Duration.ofMillis(50)))
                        .call(() -> Deadline.within(LONG).remaining()))
                .isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(ScopedValue.where(Deadline.OF_REQUEST, Deadline.in(LONG))
                        .call(() -> Deadline.within(Duration.ofMillis(50)).remaining()))
                .isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(Deadline.within(LONG).remaining()).isGreaterThan(Duration.ofSeconds(19));
    }

    private int backend() {
        return read(neon, connection -> number(connection, "SELECT pg_backend_pid()"));
    }

    private static int waitForALanguageModel(CountDownLatch latch) {
        await(latch);
        return 0;
    }
}
