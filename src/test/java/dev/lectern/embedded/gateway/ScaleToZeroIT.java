package dev.lectern.embedded.gateway;

import static dev.lectern.embedded.Homes.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ScaleToZeroIT {

    private static final Duration SUSPEND_AFTER = Duration.ofMillis(800);
    private static final Duration WAKE_DELAY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    static Path home;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(Homes.settings(home)
                .withGateway(
                        GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND_AFTER).withWakeDelay(WAKE_DELAY)));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void is_suspended_when_idle_although_a_socket_is_open_and_its_client_is_told_57P01() throws Exception {
        try (Connection open = connect("");
                Statement statement = open.createStatement()) {
            statement.execute("SELECT 1");

            awaitIdle();

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT 1"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57P01"));
        }
        assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_client_of_the_pooler_sees_nothing_but_the_end() throws Exception {
        try (Connection open = connect("&options=endpoint%3Dep-embedded-pooler");
                Statement statement = open.createStatement()) {
            statement.execute("SELECT 1");

            awaitIdle();

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT 1"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
    }

    @Test
    void a_login_wakes_it_and_waits_for_that() throws Exception {
        awaitIdle();
        long before = database.gateway().compute().wakes().count();
        long begin = System.nanoTime();

        assertThat(query(database.jdbcUrl(), "SELECT 'awake'")).isEqualTo("awake");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(WAKE_DELAY);
        Wakes wakes = database.gateway().compute().wakes();
        assertThat(wakes.count()).isEqualTo(before + 1);
        assertThat(wakes.latest().getLast()).isBetween(WAKE_DELAY, PATIENCE);
    }

    @Test
    void is_started_once_however_many_logins_wait() throws Exception {
        awaitIdle();
        long before = database.gateway().compute().wakes().count();
        Callable<String> login = () -> query(database.jdbcUrl(), "SELECT pg_postmaster_start_time()::text");
        List<Future<String>> logins = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                logins.add(threads.submit(login));
            }
        }
        List<String> starts = new ArrayList<>();
        for (Future<String> each : logins) {
            starts.add(each.get());
        }

        assertThat(starts).hasSize(40).containsOnly(starts.getFirst());
        assertThat(database.gateway().compute().wakes().count()).isEqualTo(before + 1);
    }

    @Test
    void a_statement_that_runs_longer_than_the_timeout_is_activity() throws SQLException {
        assertThat(query(database.jdbcUrl(), "SELECT 'done' FROM pg_sleep(1.6)"))
                .isEqualTo("done");
    }

    @Test
    void a_transaction_that_somebody_forgot_keeps_it_awake() throws Exception {
        try (Connection forgetful = connect("")) {
            forgetful.setAutoCommit(false);
            try (Statement statement = forgetful.createStatement()) {
                statement.execute("SELECT 1");
                assertThat(database.gateway().compute().await(Compute.State.IDLE, SUSPEND_AFTER.multipliedBy(2)))
                        .isFalse();
                statement.execute("SELECT 1");
            }
            forgetful.commit();
        }
        awaitIdle();
    }

    @Test
    void a_backend_that_the_monitor_has_is_no_activity_and_none_of_the_connections() throws Exception {
        String monitors = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";
        assertThat(query(database.jdbcUrl(), monitors)).isEqualTo("1");
        awaitIdle();
    }

    private static void awaitIdle() throws InterruptedException {
        assertThat(database.gateway().compute().await(Compute.State.IDLE, PATIENCE))
                .as("the compute is suspended")
                .isTrue();
    }

    private static Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl() + parameters);
    }
}
