package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One piece of work goes wrong: what that does to itself, and that it does nothing to the others.
@Timeout(60)
class HoldingFaultIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int POOL = 4;

    @TempDir
    static Path home;

    private static EmbeddedDatabase database;

    private final ConcurrentLinkedQueue<Status> states = new ConcurrentLinkedQueue<>();
    private final NeonListener listener = new NeonListener() {
        @Override
        public void stateChanged(DatabaseState before, DatabaseState after) {
            states.add(after.status());
        }
    };
    private final NeonDatabase neon = open(settings(), Preparation.NONE);

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(Homes.settings(home)
                .withGateway(GatewaySettings.DEFAULT
                        .withSuspendAfter(Duration.ZERO)
                        .withRoundTripDelay(Duration.ofMillis(20))));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @AfterEach
    void close() {
        database.gateway().faults().clear();
        neon.close();
    }

    @Test
    void an_interrupted_caller_costs_one_connection_and_is_not_repeated() throws Exception {
        fill(neon);
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> ended.complete(catchThrowable(
                () -> neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                    runs.incrementAndGet();
                    working.countDown();
                    return select(connection, 10);
                }))));
        working.await();
        states.clear();
        caller.interrupt();

        assertThat(ended.get()).isNotNull();
        assertThat(runs).hasValue(1);
        assertThat(neon.snapshot().idle()).isGreaterThanOrEqualTo(POOL - 1);
        assertThat(states).isEmpty();
    }

    @Test
    void a_caller_that_is_interrupted_before_has_nothing_done() {
        fill(neon);
        states.clear();
        Thread.currentThread().interrupt();

        Throwable told = catchThrowable(() -> read(neon, 0));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isInstanceOf(CancellationException.class);
        assertThat(neon.snapshot().idle()).isEqualTo(POOL);
        assertThat(states).isEmpty();
    }

    @Test
    void work_may_close_the_connection_and_ask_for_it_again() {
        int answer = neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
            for (int i = 0; i < 2; i++) {
                try (Connection held = neon.dataSource().getConnection()) {
                    select(held, 0);
                }
            }
            return select(connection, 0);
        });

        assertThat(answer).isOne();
        assertThat(neon.snapshot().totals().opened()).isOne();
    }

    @Test
    void a_late_cancellation_hits_nobody_else_although_the_work_closes_its_connection() throws Exception {
        try (NeonDatabase one = open(settings().withMaximumPoolSize(1), Preparation.NONE);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            read(one, 0);
            for (int round = 0; round < 12; round++) {
                // Ends about when the cancellation of its deadline is on its way.
                Future<?> late = callers.submit(() -> catchThrowable(() ->
                        one.read(Criticality.INTERACTIVE_READ, Deadline.in(Duration.ofMillis(100)), connection -> {
                            try (Connection held = one.dataSource().getConnection()) {
                                return select(held, 0.085);
                            }
                        })));
                Future<Integer> innocent = callers.submit(() -> read(one, 0.05));

                assertThat(innocent.get()).isOne();
                late.get();
            }
        }
    }

    @Test
    void the_values_of_readers_in_an_error_do_not_make_it_one_of_the_database() {
        for (String value :
                List.of("project size limit (x) exceeded", "query_wait_timeout", "too many clients already")) {
            assertThatThrownBy(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("CREATE TEMP TABLE IF NOT EXISTS note (text text UNIQUE)");
                            statement.execute("INSERT INTO note VALUES ('" + value + "')");
                            return statement.executeUpdate("INSERT INTO note VALUES ('" + value + "')");
                        }
                    }))
                    .as(value)
                    .isInstanceOf(UncheckedSqlException.class);
        }
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    @Test
    void a_preparation_that_fails_with_an_error_is_tried_again() {
        AtomicInteger preparations = new AtomicInteger();
        Preparation linkage = connection -> {
            if (preparations.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("not/there");
            }
        };
        try (NeonDatabase unlucky = open(settings(), linkage)) {
            assertThatThrownBy(() -> read(unlucky, 0))
                    .isInstanceOfSatisfying(
                            DatabaseUnavailableException.class,
                            e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.PREPARATION)));
            while (catchThrowable(() -> read(unlucky, 0)) != null) {
                LockSupport.parkNanos(5_000_000);
            }

            assertThat(preparations).hasValue(2);
        }
    }

    @Test
    void work_of_several_statements_ends_with_its_deadline() {
        assertLate(Duration.ofMillis(700), connection -> {
            select(connection, 0.5);
            database.gateway().faults().inject(new Fault.BlackHole());
            return select(connection, 0);
        });
    }

    @Test
    void a_statement_that_begins_after_the_deadline_is_not_waited_for() {
        Duration deadline = Duration.ofMillis(300);
        assertLate(deadline, connection -> {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < deadline.toNanos()) {
                Thread.onSpinWait();
            }
            return select(connection, 5);
        });
    }

    @Test
    void a_slow_statement_leaves_the_other_connections_alone() throws Exception {
        fill(neon);
        states.clear();
        database.gateway().faults().inject(new Fault.Slow(Duration.ofMillis(150), null));

        assertThatThrownBy(() -> neon.read(
                        Criticality.INTERACTIVE_READ,
                        Deadline.in(Duration.ofMillis(250)),
                        connection -> select(connection, 5)))
                .isInstanceOf(DatabaseUnavailableException.class);
        database.gateway().faults().clear();

        assertThat(read(neon, 0.6)).isOne();
        assertThat(states).isEmpty();
        assertThat(neon.snapshot().idle()).isGreaterThanOrEqualTo(POOL - 1);
    }

    @Test
    void a_distrusted_connection_that_is_only_slow_leaves_the_others_alone() {
        Vigilance distrustful = new Vigilance(Duration.ofNanos(1), Duration.ofMillis(150), Vigilance.DEFAULT.held());
        try (NeonDatabase suspicious = open(settings().withVigilance(distrustful), Preparation.NONE)) {
            fill(suspicious);
            states.clear();
            AtomicInteger runs = new AtomicInteger();

            int answer = suspicious.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                select(connection, 0);
                return select(connection, runs.incrementAndGet() == 1 ? 1 : 0);
            });

            assertThat(answer).isOne();
            assertThat(runs).hasValue(2);
            assertThat(states).doesNotContain(Status.WAKING, Status.DOWN);
        }
    }

    @Test
    void whoever_gets_no_further_connection_is_told_why() throws Exception {
        read(neon, 0);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> holder =
                    callers.submit(() -> neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                        held.countDown();
                        await(release);
                        return select(connection, 0);
                    }));
            held.await();
            database.gateway().faults().inject(new Fault.RefuseLogins(LoginRefusal.WRONG_PASSWORD, null));

            assertThatThrownBy(() -> neon.read(
                            Criticality.INTERACTIVE_READ,
                            Deadline.in(Duration.ofMillis(800)),
                            connection -> select(connection, 0)))
                    .isInstanceOfSatisfying(
                            DatabaseUnavailableException.class,
                            e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.CREDENTIALS)));
            release.countDown();
            assertThat(holder.get()).isOne();
        }
    }

    @Test
    void a_deadline_that_has_passed_is_called_so() {
        read(neon, 0);

        assertThatThrownBy(() -> neon.read(
                        Criticality.INTERACTIVE_READ, Deadline.in(Duration.ZERO), connection -> select(connection, 0)))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isEqualTo(new TimedOut(TimedOut.Reason.DEADLINE)));
    }

    private void assertLate(Duration deadline, SqlWork<Integer> work) {
        read(neon, 0);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> neon.read(Criticality.INTERACTIVE_READ, Deadline.in(deadline), work))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isInstanceOf(TimedOut.class));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(deadline.plusMillis(250));
    }

    /// Has all connections made.
    private static void fill(NeonDatabase of) {
        CountDownLatch all = new CountDownLatch(POOL);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, POOL)
                    .forEach(i -> callers.execute(
                            () -> of.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
                                all.countDown();
                                await(all);
                                return select(connection, 0);
                            })));
        }
        assertThat(of.snapshot().idle()).isEqualTo(POOL);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private NeonDatabase open(NeonSettings with, Preparation preparation) {
        return new NeonDatabase(with, listener, preparation, Clock.systemUTC());
    }

    private static NeonSettings settings() {
        return NeonSettings.of(NeonUrl.parse(database.jdbcUrl())).withMaximumPoolSize(POOL);
    }

    private static int read(NeonDatabase from, double seconds) {
        return from.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> select(connection, seconds));
    }

    private static int select(Connection connection, double seconds) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_sleep(" + seconds + ")")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
