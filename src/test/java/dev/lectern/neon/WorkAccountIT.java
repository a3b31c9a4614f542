package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.WorkAccount;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a request's account says of its work, beside what the gateway has counted on the wire.
@Timeout(60)
class WorkAccountIT {

    @RegisterExtension
    static final SharedDatabase DATABASE =
            SharedDatabase.sleepless("CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY, text text)");

    private final Queue<Duration> done = new ConcurrentLinkedQueue<>();
    private final NeonListener attribution = new NeonListener() {
        @Override
        public void workDone(Criticality criticality, Duration took) {
            done.add(took);
        }

        @Override
        public void workStarted(Criticality criticality, int backendPid) {
            WorkAccount account = WorkAccount.current();
            DATABASE.gateway().attribute(backendPid, account == null ? null : account.requestId());
        }
    };
    private final NeonDatabase neon = new NeonDatabase(
            NeonSettings.of(NeonUrl.parse(DATABASE.jdbcUrl())).withMaximumPoolSize(1), attribution, Preparation.NONE);

    @BeforeEach
    void wake() {
        neon.awaitReady(Deadline.in(LONG));
    }

    @AfterEach
    void close() {
        neon.close();
    }

    @Test
    void counts_each_statement_as_the_gateway_does() {
        WorkAccount account = account("statements", () -> {
            read(neon);
            read(neon, connection -> one(connection) + one(connection));
        });

        assertThat(account.pieces()).isEqualTo(2);
        assertThat(account.roundTrips()).isEqualTo(3).isEqualTo(onTheWire("statements"));
        assertThat(account.failure()).isNull();
    }

    @Test
    void counts_a_transaction_with_its_commit_and_a_batch_as_one() {
        WorkAccount account = account(
                "transaction",
                () -> write(connection -> {
                    connection.setAutoCommit(false);
                    try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO notes (text) VALUES (?)")) {
                        for (String text : new String[] {"one", "two", "three"}) {
                            insert.setString(1, text);
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                    connection.commit();
                    connection.setAutoCommit(true);
                    return 0;
                }));

        assertThat(account.roundTrips()).isEqualTo(2).isEqualTo(onTheWire("transaction"));
    }

    @Test
    void counts_a_statement_that_is_prepared_on_the_server_and_the_rows_that_are_fetched_later() {
        WorkAccount account = account(
                "prepared",
                () -> write(connection -> {
                    connection.setAutoCommit(false);
                    try (PreparedStatement select =
                            connection.prepareStatement("SELECT * FROM generate_series(1, ?)")) {
                        select.setFetchSize(4);
                        for (int i = 0; i < 7; i++) {
                            select.setInt(1, 10);
                            drain(select);
                        }
                    }
                    connection.rollback();
                    connection.setAutoCommit(true);
                    return 0;
                }));

        assertThat(account.roundTrips()).isEqualTo(7 * 3 + 1).isEqualTo(onTheWire("prepared"));
    }

    @Test
    void counts_the_rollback_of_a_transaction_that_the_work_leaves_open() {
        WorkAccount account = account(
                "open",
                () -> write(connection -> {
                    connection.setAutoCommit(false);
                    return one(connection);
                }));

        assertThat(account.roundTrips()).isEqualTo(2).isEqualTo(onTheWire("open"));
    }

    @Test
    void counts_nothing_for_a_request_whose_work_asks_nothing() {
        WorkAccount account = account("nothing", () -> read(neon, connection -> 0));

        assertThat(account.pieces()).isOne();
        assertThat(account.roundTrips()).isZero();
        assertThat(onTheWire("nothing")).isZero();
    }

    @Test
    void tells_how_long_it_waited_and_how_long_it_held_a_connection() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            others.execute(() -> read(neon, connection -> {
                held.countDown();
                while (neon.snapshot().waiting() == 0) {
                    Thread.onSpinWait();
                }
                return one(connection, 0.2);
            }));
            await(held);
            WorkAccount account = account("waits", () -> read(neon, connection -> one(connection, 0.1)));

            assertThat(account.waited()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
            assertThat(account.held()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
            // The other's came before, as its connection was waited for.
            assertThat(List.copyOf(done).getLast())
                    .isBetween(account.waited().plus(account.held()), Duration.ofSeconds(10));
        }
    }

    @Test
    void tells_of_the_failure_and_of_the_time_that_was_waited_in_vain() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            others.execute(() -> read(neon, connection -> {
                held.countDown();
                await(release);
                return 0;
            }));
            await(held);
            WorkAccount refused = account(
                    "refused",
                    () -> assertThatThrownBy(() -> read(neon, Duration.ofMillis(50), SampleWork::one))
                            .isInstanceOf(DatabaseUnavailableException.class));
            release.countDown();

            assertThat(refused.failure()).isEqualTo("saturated/permits");
            assertThat(refused.held()).isZero();
            assertThat(refused.roundTrips()).isZero();
            assertThat(refused.pieces()).isOne();
        }
        assertThat(done).hasSize(1);
        WorkAccount late = account(
                "late",
                () -> assertThatThrownBy(() -> read(neon, Duration.ofMillis(100), connection -> one(connection, 20)))
                        .isInstanceOf(DatabaseUnavailableException.class));

        assertThat(late.failure()).startsWith("timed-out/");
    }

    @Test
    void is_named_after_what_is_known_later() {
        WorkAccount account = new WorkAccount("GET", "id");
        account.route("GET /books/{book}");

        assertThat(account.route()).isEqualTo("GET /books/{book}");
        assertThat(account.requestId()).isEqualTo("id");
        assertThat(WorkAccount.current()).isNull();
    }

    private static void drain(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                assertThat(rows.getInt(1)).isPositive();
            }
        }
    }

    private void write(SqlWork<Integer> work) {
        neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), work);
    }

    private static WorkAccount account(String requestId, Runnable request) {
        WorkAccount account = new WorkAccount("test", requestId);
        ScopedValue.where(WorkAccount.CURRENT, account).run(request);
        return account;
    }

    private static long onTheWire(String requestId) {
        return DATABASE.gateway().roundTrips(requestId).orElseThrow();
    }
}
