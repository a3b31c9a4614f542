package dev.lectern.neon;

import static dev.lectern.neon.DistantDatabase.POOL;
import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.fill;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState.Status;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One piece of work goes wrong: what that does to itself, and that it does nothing to the others.
@Timeout(60)
class HoldingFaultIT {

    @RegisterExtension
    static final DistantDatabase DATABASE = new DistantDatabase();

    private final NeonDatabase neon = DATABASE.open();

    @Test
    void an_interrupted_caller_costs_one_connection_and_is_not_repeated() throws Exception {
        fill(neon, POOL);
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> read(neon, connection -> {
            runs.incrementAndGet();
            working.countDown();
            return one(connection, 10);
        }))));
        working.await();
        DATABASE.states().clear();
        caller.interrupt();

        assertThat(ended.get()).isNotNull();
        assertThat(runs).hasValue(1);
        assertThat(neon.snapshot().idle()).isGreaterThanOrEqualTo(POOL - 1);
        assertThat(DATABASE.states()).isEmpty();
    }

    @Test
    void a_caller_that_is_interrupted_before_has_nothing_done() {
        fill(neon, POOL);
        DATABASE.states().clear();
        Thread.currentThread().interrupt();

        Throwable told = catchThrowable(() -> read(neon));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isInstanceOf(CancellationException.class);
        assertThat(neon.snapshot().idle()).isEqualTo(POOL);
        assertThat(DATABASE.states()).isEmpty();
    }

    @Test
    void work_may_close_the_connection_and_ask_for_it_again() {
        int answer = read(neon, connection -> {
            for (int i = 0; i < 2; i++) {
                try (Connection held = neon.dataSource().getConnection()) {
                    one(held);
                }
            }
            return one(connection);
        });

        assertThat(answer).isOne();
        assertThat(neon.snapshot().totals().opened()).isOne();
    }

    @Test
    void a_late_cancellation_hits_nobody_else_although_the_work_closes_its_connection() throws Exception {
        NeonDatabase narrow = DATABASE.open(DATABASE.settings().withMaximumPoolSize(1));
        read(narrow);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 12; round++) {
                // Ends about when the cancellation of its deadline is on its way.
                Future<?> late =
                        callers.submit(() -> catchThrowable(() -> read(narrow, Duration.ofMillis(100), connection -> {
                            try (Connection held = narrow.dataSource().getConnection()) {
                                return one(held, 0.085);
                            }
                        })));
                Future<Integer> innocent = callers.submit(() -> read(narrow, connection -> one(connection, 0.05)));

                assertThat(innocent.get()).isOne();
                late.get();
            }
        }
    }

    @Test
    void a_slow_statement_leaves_the_other_connections_alone() throws Exception {
        fill(neon, POOL);
        DATABASE.states().clear();
        DATABASE.inject(new Fault.Slow(Duration.ofMillis(150), null));

        assertThatThrownBy(() -> read(neon, Duration.ofMillis(250), connection -> one(connection, 5)))
                .isInstanceOf(DatabaseUnavailableException.class);
        DATABASE.clearFaults();

        assertThat(read(neon, connection -> one(connection, 0.6))).isOne();
        assertThat(DATABASE.states()).isEmpty();
        assertThat(neon.snapshot().idle()).isGreaterThanOrEqualTo(POOL - 1);
    }

    @Test
    void a_distrusted_connection_that_is_only_slow_leaves_the_others_alone() {
        Vigilance distrustful = new Vigilance(Duration.ofNanos(1), Duration.ofMillis(500), Vigilance.DEFAULT.held());
        NeonDatabase suspicious = DATABASE.open(DATABASE.settings().withVigilance(distrustful));
        fill(suspicious, POOL);
        DATABASE.states().clear();
        AtomicInteger runs = new AtomicInteger();

        int answer = read(suspicious, connection -> {
            one(connection);
            return one(connection, runs.incrementAndGet() == 1 ? 2 : 0);
        });

        assertThat(answer).isOne();
        assertThat(runs).hasValue(2);
        assertThat(DATABASE.states()).doesNotContain(Status.WAKING, Status.DOWN);
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
        NeonDatabase unlucky = DATABASE.open(DATABASE.settings(), linkage);

        assertThatThrownBy(() -> read(unlucky))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.PREPARATION)));
        while (catchThrowable(() -> read(unlucky)) != null) {
            LockSupport.parkNanos(5_000_000);
        }

        assertThat(preparations).hasValue(2);
    }
}
