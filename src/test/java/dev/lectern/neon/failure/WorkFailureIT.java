package dev.lectern.neon.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.Response.Repetition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What work fails with once there is a connection, each as the driver throws it.
@Timeout(30)
class WorkFailureIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless(
            "CREATE TABLE account (id int PRIMARY KEY, balance int)", "INSERT INTO account VALUES (1, 10), (2, 10)");

    private Connection connection;
    private Connection other;

    @BeforeEach
    void connect() throws SQLException {
        connection = DATABASE.connect();
        other = DATABASE.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        other.close();
    }

    @Test
    void knows_a_session_that_was_ended_while_it_was_idle() throws Exception {
        terminate(backend(connection));

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.TERMINATED), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_a_session_that_was_ended_in_the_midst_of_a_statement() throws Exception {
        int backend = backend(connection);
        CompletableFuture<Throwable> sleeping = runs("SELECT pg_sleep(60)", backend);
        terminate(backend);

        assertThat(FailureClassifier.classify(sleeping.get(), Phase.WORKING))
                .contains(new ConnectionLost(ConnectionLost.Reason.TERMINATED));
    }

    @Test
    void knows_a_session_that_ended_because_another_one_crashed() throws Exception {
        int backend = backend(connection);
        CompletableFuture<Throwable> sleeping = runs("SELECT pg_sleep(60)", backend);
        ProcessHandle.of(backend(other)).orElseThrow().destroyForcibly();

        assertThat(FailureClassifier.classify(sleeping.get(), Phase.WORKING)).containsInstanceOf(ConnectionLost.class);
        untilItServes();
    }

    @Test
    void knows_a_connection_that_broke_before_the_answer() throws Exception {
        DATABASE.inject(new Fault.ResetQueries(null, 1));

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.BROKEN), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_the_end_that_a_pooler_makes_of_all_connections() throws Exception {
        DATABASE.inject(new Fault.CutConnections());

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.BROKEN), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_a_connection_that_was_dead_already() throws Exception {
        DATABASE.inject(new Fault.CutConnections());
        assertThat(catchThrowable(() -> execute(connection, "SELECT 1"))).isNotNull();

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.CLOSED), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void takes_silence_for_silence_and_not_for_a_broken_connection() throws Exception {
        DATABASE.inject(new Fault.HalfOpen());
        connection.setNetworkTimeout(Runnable::run, 200);

        assertFailure("SELECT 1", new TimedOut(TimedOut.Reason.NO_ANSWER), Repetition.NEVER);
    }

    @Test
    void knows_a_session_that_idled_too_long() throws Exception {
        int backend = backend(connection);
        execute(connection, "SET idle_session_timeout = 20");
        untilGone(backend);

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.SESSION_TIMEOUT), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_a_session_that_idled_too_long_in_a_transaction() throws Exception {
        int backend = backend(connection);
        connection.setAutoCommit(false);
        execute(connection, "SET idle_in_transaction_session_timeout = 20");
        untilGone(backend);

        assertFailure("SELECT 1", new ConnectionLost(ConnectionLost.Reason.SESSION_TIMEOUT), Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_a_server_that_takes_no_writes() throws Exception {
        DATABASE.inject(new Fault.ReadOnly());

        assertFailure("UPDATE account SET balance = 1", new ReadOnly(ReadOnly.Reason.READ_ONLY), Repetition.NEVER);
    }

    @Test
    void knows_a_full_disk() throws Exception {
        DATABASE.inject(new Fault.DiskFull());

        assertFailure("UPDATE account SET balance = 1", new ReadOnly(ReadOnly.Reason.DISK_FULL), Repetition.NEVER);
    }

    @Test
    void knows_transactions_that_cannot_be_put_in_an_order() throws Exception {
        for (Connection each : new Connection[] {connection, other}) {
            each.setAutoCommit(false);
            each.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            execute(each, "SELECT sum(balance) FROM account");
        }
        execute(other, "UPDATE account SET balance = balance + 1");
        other.commit();

        assertFailure(
                "UPDATE account SET balance = balance + 1",
                new Conflict(Conflict.Reason.SERIALIZATION),
                Repetition.IF_IDEMPOTENT);
    }

    @Test
    void knows_transactions_that_wait_for_each_other() throws Exception {
        connection.setAutoCommit(false);
        other.setAutoCommit(false);
        execute(connection, "UPDATE account SET balance = 1 WHERE id = 1");
        execute(other, "UPDATE account SET balance = 1 WHERE id = 2");

        CompletableFuture<@Nullable Throwable> first = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> execute(other, "UPDATE account SET balance = 1 WHERE id = 1")));
        Throwable second = catchThrowable(() -> execute(connection, "UPDATE account SET balance = 1 WHERE id = 2"));
        connection.rollback();

        Throwable victim = second == null ? first.get() : second;
        assertThat(FailureClassifier.classify(Objects.requireNonNull(victim), Phase.WORKING))
                .contains(new Conflict(Conflict.Reason.DEADLOCK));
    }

    @Test
    void knows_a_statement_that_takes_longer_than_the_server_allows() throws Exception {
        execute(connection, "SET statement_timeout = 20");

        assertFailure("SELECT pg_sleep(60)", new TimedOut(TimedOut.Reason.STATEMENT), Repetition.NEVER);
    }

    @Test
    void knows_a_statement_that_was_canceled() throws Exception {
        int backend = backend(connection);
        CompletableFuture<Throwable> sleeping = runs("SELECT pg_sleep(60)", backend);
        execute(other, "SELECT pg_cancel_backend(" + backend + ")");

        assertThat(FailureClassifier.classify(sleeping.get(), Phase.WORKING))
                .contains(new TimedOut(TimedOut.Reason.CANCELED));
    }

    @Test
    void knows_a_lock_that_was_waited_for_too_long() throws Exception {
        other.setAutoCommit(false);
        execute(other, "LOCK TABLE account");
        execute(connection, "SET lock_timeout = 20");

        assertFailure("SELECT count(*) FROM account", new TimedOut(TimedOut.Reason.LOCK), Repetition.NEVER);
    }

    @Test
    void knows_that_the_poolers_queue_is_too_long() throws Exception {
        connection.close();
        connection = DATABASE.connect("&options=endpoint%3Dep-embedded-pooler");
        DATABASE.inject(new Fault.QueueTimeout(1));

        assertFailure("SELECT 1", new Saturated(Saturated.Reason.QUEUE_TIMEOUT), Repetition.NEVER);
    }

    @Test
    void leaves_the_errors_of_statements_to_the_caller() {
        for (String wrong : new String[] {
            "INSERT INTO account VALUES (1, 1)",
            "SELEC 1",
            "SELECT 1 / 0",
            "DO $$ BEGIN RAISE 'too many connections'; END $$"
        }) {
            assertThat(FailureClassifier.classify(catchThrowable(() -> execute(connection, wrong)), Phase.WORKING))
                    .as(wrong)
                    .isEmpty();
        }
    }

    private void assertFailure(String sql, DatabaseFailure expected, Repetition repetition) {
        Throwable error = catchThrowable(() -> execute(connection, sql));
        assertThat(error).as("it succeeded").isNotNull();
        assertThat(FailureClassifier.classify(error, Phase.WORKING)).contains(expected);
        assertThat(expected.response().repetition()).isEqualTo(repetition);
    }

    /// What a statement fails with that is under way when this returns.
    private CompletableFuture<Throwable> runs(String sql, int backend) throws SQLException {
        CompletableFuture<Throwable> failure =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> execute(connection, sql)));
        until("SELECT state = 'active' AND query LIKE 'SELECT pg_sleep%' FROM pg_stat_activity WHERE pid = " + backend);
        return failure;
    }

    private void terminate(int backend) throws SQLException {
        execute(other, "SELECT pg_terminate_backend(" + backend + ", 5000)");
    }

    private void untilGone(int backend) throws SQLException {
        until("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = " + backend + ")");
    }

    private void until(String condition) throws SQLException {
        try (Statement statement = other.createStatement()) {
            boolean met = false;
            while (!met) {
                try (ResultSet row = statement.executeQuery(condition)) {
                    met = row.next() && row.getBoolean(1);
                }
            }
        }
    }

    private static void untilItServes() {
        while (catchThrowable(() -> DATABASE.connect().close()) != null) {
            Thread.onSpinWait();
        }
    }

    private static int backend(Connection of) throws SQLException {
        try (Statement statement = of.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }
}
