package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.NeonSettings.Patience;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.SlotHolder;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.Timings;
import dev.lectern.testing.WireTap;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What happens while the database cannot be had. The tap on the wire plays the network that breaks.
@Tag("alone")
class OutageIT {

    private final String name = TestPostgres.freshDatabase();
    private final WireTap tap = WireTap.open("localhost", TestPostgres.port());
    private final Events events = new Events();
    private final NeonSettings settings = NeonSettings.of(
                    NeonUrl.parse("postgresql://postgres@localhost:" + tap.port() + "/" + name + "?sslmode=disable"))
            .withMaximumPoolSize(4);
    private final NeonDatabase neon = open(settings);

    @AfterEach
    void close() {
        neon.close();
        tap.close();
    }

    @Test
    void refuses_at_once_while_it_is_down_and_serves_within_a_second_of_its_return() throws Exception {
        assertThat(read(neon)).isOne();

        goDown();
        assertThatThrownBy(() -> read(neon)).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.DOWN);
        Duration took = Timings.median(
                20,
                () -> assertThatThrownBy(() -> read(neon))
                        .isInstanceOfSatisfying(
                                DatabaseUnavailableException.class,
                                e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.UNREACHABLE))));
        assertThat(took).isLessThan(Duration.ofMillis(50));
        assertThat(neon.snapshot().permits()).isZero();

        events.states.clear();
        long back = System.nanoTime();
        tap.resume();
        events.awaitState(Status.READY);
        assertThat(read(neon)).isOne();
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofMillis(1500));
    }

    @Test
    void serves_everybody_where_the_outage_is_short_and_makes_one_attempt_at_a_time() throws Exception {
        try (NeonDatabase patient = open(settings.withPatience(new Patience(LONG, LONG, Duration.ofMinutes(1))))) {
            assertThat(read(patient)).isOne();
            tap.reset();
            goDown();

            List<Future<Integer>> answers = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    answers.add(callers.submit(() -> read(patient)));
                }
                events.failures.take();
                tap.resume();
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isOne();
                }
            }
            // Refused attempts are not counted by the tap: of those that came through there are no more than the
            // pool's.
            assertThat(tap.counts().connections()).isLessThanOrEqualTo(4);
            assertThat(patient.snapshot().totals().attemptsFailed()).isLessThanOrEqualTo(4);
            assertThat(patient.snapshot().permits()).isZero();
        }
    }

    @Test
    void wakes_with_one_attempt_however_many_wait() throws Exception {
        tap.refuseConnections();
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(callers.submit(() -> read(neon)));
            }
            events.failures.take();
            // The first, and those that followed until this thread came to ask.
            assertThat(neon.snapshot().totals().attemptsFailed()).isLessThanOrEqualTo(3);
            tap.resume();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isOne();
            }
        }
    }

    @Test
    void fails_fast_and_without_a_storm_where_the_configuration_is_wrong() {
        try (NeonDatabase lost = open(NeonSettings.of(NeonUrl.parse(
                "postgresql://postgres@localhost:" + tap.port() + "/no_such_database?sslmode=disable")))) {
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> read(lost)).isInstanceOfSatisfying(DatabaseUnavailableException.class, e -> {
                    assertThat(e.failure()).isEqualTo(new Down(Down.Reason.CREDENTIALS));
                    // Until the next attempt, which comes after five seconds and some.
                    assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(5400));
                });
            }
            assertThat(tap.counts().connections()).isOne();
            assertThat(lost.snapshot().state().status()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void goes_on_with_what_it_holds_where_the_server_gives_no_more() throws Exception {
        administer("DROP ROLE IF EXISTS limited", "CREATE ROLE limited LOGIN CONNECTION LIMIT 3");
        NeonUrl url = NeonUrl.parse("postgresql://limited@localhost:" + tap.port() + "/" + name + "?sslmode=disable");
        try (NeonDatabase held = open(NeonSettings.of(url).withBudget(new NeonSettings.Budget(1, 0)));
                Connection etl = DriverManager.getConnection(url.jdbcUrl() + "&user=limited&ApplicationName=etl");
                Connection more = DriverManager.getConnection(url.jdbcUrl() + "&user=limited&ApplicationName=etl")) {
            assertThat(read(held)).isOne();
            List<Future<Integer>> answers = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    answers.add(callers.submit(() -> read(held, connection -> one(connection, 0.01))));
                }
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isOne();
                }
            }
            assertThat(held.snapshot().state().status()).isEqualTo(Status.SATURATED);
            assertThat(held.snapshot().totals().opened()).isOne();
            assertThat(held.snapshot().totals().failed()).isZero();
            assertThat(events.holders.poll(LONG.toSeconds(), TimeUnit.SECONDS))
                    .contains(new SlotHolder("etl", "limited", 2));
            assertThat(held.snapshot().holders()).contains(new SlotHolder("etl", "limited", 2));
            assertThat(List.of(etl.isClosed(), more.isClosed())).containsOnly(false);
        }
    }

    @Test
    void leaks_nothing_under_load_while_connections_die() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
        AtomicInteger refused = new AtomicInteger();
        int cuts = 10;
        int callers = 100;
        List<Future<Integer>> served = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                served.add(threads.submit(() -> {
                    int count = 0;
                    while (!over.get()) {
                        try {
                            count += read(neon);
                            answers.add(count);
                        } catch (DatabaseUnavailableException e) {
                            refused.incrementAndGet();
                        }
                    }
                    return count;
                }));
            }
            for (int cut = 0; cut < cuts; cut++) {
                answers.clear();
                assertThat(answers.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
                tap.cutAll();
            }
            over.set(true);
            int all = 0;
            for (Future<Integer> each : served) {
                all += each.get();
            }
            // Whoever was hit twice in a row, of the four at a time that hold a connection.
            assertThat(refused.get()).isLessThanOrEqualTo(4 * cuts);
            assertThat(all).isGreaterThan(refused.get());
        }
        assertThat(neon.snapshot().permits()).isZero();
        assertThat(neon.snapshot().active()).isZero();
        assertThat(neon.snapshot().idle()).isBetween(0, 4);
        assertThat(read(neon)).isOne();
    }

    private NeonDatabase open(NeonSettings with) {
        return new NeonDatabase(with, events, Preparation.NONE, Clock.systemUTC());
    }

    private void goDown() {
        tap.refuseConnections();
        tap.cutAll();
    }

    private static void administer(String... statements) throws SQLException {
        try (Connection administrator = TestPostgres.administrator();
                Statement statement = administrator.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /// What the test waits for.
    private static final class Events implements NeonListener {

        private final BlockingQueue<DatabaseState> states = new LinkedBlockingQueue<>();
        private final BlockingQueue<DatabaseFailure> failures = new LinkedBlockingQueue<>();
        private final BlockingQueue<List<SlotHolder>> holders = new LinkedBlockingQueue<>();

        @Override
        public void stateChanged(DatabaseState before, DatabaseState after) {
            states.add(after);
        }

        @Override
        public void slotsExhausted(List<SlotHolder> found) {
            holders.add(found);
        }

        @Override
        public void connectionFailed(DatabaseFailure failure, Duration took) {
            failures.add(failure);
        }

        void awaitState(Status status) throws InterruptedException {
            while (true) {
                DatabaseState state = states.poll(LONG.toSeconds(), TimeUnit.SECONDS);
                if (state == null) {
                    throw new AssertionError("the state did not come to be " + status);
                }
                if (state.status() == status) {
                    return;
                }
            }
        }
    }
}
