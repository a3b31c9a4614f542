package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ScaleToZeroIT {

    private static final Duration SUSPEND_AFTER = Duration.ofMillis(1200);
    private static final Duration WAKE_DELAY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @RegisterExtension
    static final SharedDatabase DATABASE = new SharedDatabase(
            GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND_AFTER).withWakeDelay(WAKE_DELAY));

    @Test
    void is_suspended_when_idle_although_a_socket_is_open_and_its_client_is_told_57P01() throws Exception {
        try (Connection open = DATABASE.connect();
                Statement statement = open.createStatement()) {
            statement.execute("SELECT 1");

            awaitIdle();

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT 1"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57P01"));
        }
        assertThat(DATABASE.home().resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_client_of_the_pooler_sees_nothing_but_the_end() throws Exception {
        try (Connection open = DATABASE.connect("&options=endpoint%3Dep-embedded-pooler");
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
        long before = DATABASE.gateway().compute().wakes().count();
        long begin = System.nanoTime();

        assertThat(DATABASE.query("SELECT 'awake'")).isEqualTo("awake");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(WAKE_DELAY);
        Wakes wakes = DATABASE.gateway().compute().wakes();
        assertThat(wakes.count()).isEqualTo(before + 1);
        assertThat(wakes.latest().getLast()).isBetween(WAKE_DELAY, PATIENCE);
    }

    @Test
    void is_started_once_however_many_logins_wait() throws Exception {
        awaitIdle();
        long before = DATABASE.gateway().compute().wakes().count();
        Callable<String> login = () -> DATABASE.query("SELECT pg_postmaster_start_time()::text");
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
        assertThat(DATABASE.gateway().compute().wakes().count()).isEqualTo(before + 1);
    }

    @Test
    void a_statement_that_runs_longer_than_the_timeout_is_activity() throws SQLException {
        assertThat(DATABASE.query("SELECT 'done' FROM pg_sleep(2.4)")).isEqualTo("done");
    }

    @Test
    void a_transaction_that_somebody_forgot_keeps_it_awake() throws Exception {
        try (Connection forgetful = DATABASE.connect()) {
            forgetful.setAutoCommit(false);
            try (Statement statement = forgetful.createStatement()) {
                statement.execute("SELECT 1");
                assertThat(DATABASE.gateway().compute().await(Compute.State.IDLE, SUSPEND_AFTER.multipliedBy(2)))
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
        assertThat(DATABASE.query(monitors)).isEqualTo("1");
        awaitIdle();
    }

    private static void awaitIdle() throws InterruptedException {
        assertThat(DATABASE.gateway().compute().await(Compute.State.IDLE, PATIENCE))
                .as("the compute is suspended")
                .isTrue();
    }
}
