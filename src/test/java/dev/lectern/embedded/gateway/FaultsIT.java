package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FaultsIT {

    private static final String POOLED = "&options=endpoint%3Dep-embedded-pooler";

    @TempDir
    static Path home;

    private static SleeplessDatabase database;
    private static Faults faults;

    @BeforeAll
    static void start() throws SQLException {
        database = new SleeplessDatabase(home);
        faults = database.faults();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @AfterEach
    void clear() {
        faults.clear();
        assertThat(faults.inForce()).isEmpty();
    }

    @Test
    void refused_connections_leave_open_ones_alone_until_the_fault_is_cleared() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.RefuseConnections());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(database::connect)
                    .withCauseInstanceOf(ConnectException.class);
            assertThat(open.isValid(1)).isTrue();
            faults.clear();
            database.connect().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_login_reads_the_words_of_neon(LoginRefusal reason) throws SQLException {
        faults.inject(new Fault.RefuseLogins(reason, 1));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(database::connect)
                .withMessageContaining(reason.text())
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("XX000"));
        database.connect().close();
    }

    @Test
    void a_fault_that_lasts_ends_by_itself() throws Exception {
        faults.inject(new Fault.RefuseLogins(LoginRefusal.QUOTA, null), Duration.ofMillis(300));
        assertThat(faults.inForce())
                .singleElement()
                .satisfies(
                        standing -> assertThat(standing.remaining()).isBetween(Duration.ZERO, Duration.ofMillis(300)));
        String last = "";
        while (!faults.inForce().isEmpty()) {
            try {
                database.connect().close();
            } catch (SQLException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        assertThat(last).contains("exceeded the compute time quota");
        database.connect().close();
    }

    @Test
    void a_black_hole_swallows_what_is_said_on_old_and_new_connections() throws SQLException {
        try (Connection open = database.connect();
                Connection untouched = database.connect()) {
            faults.inject(new Fault.BlackHole());
            open.setNetworkTimeout(Runnable::run, 200);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .withCauseInstanceOf(SocketTimeoutException.class);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(database.url() + "&loginTimeout=1"))
                    .withMessageContaining("timed out");
            faults.clear();
            assertThat(SleeplessDatabase.read(untouched)).isEqualTo("1");
            database.connect().close();
        }
    }

    @Test
    void half_open_connections_are_dead_without_a_word_and_new_ones_alive() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.HalfOpen());
            open.setNetworkTimeout(Runnable::run, 200);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .withCauseInstanceOf(SocketTimeoutException.class);
            assertThat(database.query("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void every_second_question_is_reset_before_its_answer() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.ResetQueries(2, null));
            assertThat(SleeplessDatabase.read(open)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
    }

    @Test
    void the_next_question_is_reset() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.ResetQueries(null, 1));
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> SleeplessDatabase.read(open));
        }
        try (Connection open = database.connect()) {
            assertThat(SleeplessDatabase.read(open)).isEqualTo("1");
        }
        assertThat(faults.inForce()).isEmpty();
    }

    @Test
    void a_cut_commit_is_done_although_nobody_is_told() throws SQLException {
        faults.inject(new Fault.CutAnswers(Fault.CutAnswers.Statement.COMMIT, 1));
        try (Connection open = database.connect()) {
            open.setAutoCommit(false);
            SleeplessDatabase.write(open, "committed");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(open::commit)
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(database.notes("committed")).isEqualTo("1");
    }

    @Test
    void a_cut_write_is_done_although_nobody_is_told() throws SQLException {
        faults.inject(new Fault.CutAnswers(Fault.CutAnswers.Statement.WRITE, 1));
        try (Connection open = database.connect()) {
            assertThat(SleeplessDatabase.read(open)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.write(open, "written"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(database.notes("written")).isEqualTo("1");
    }

    @Test
    void a_slow_network_delays_a_share_of_the_round_trips() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.Slow(Duration.ofMillis(60), 0.5));
            long begin = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                SleeplessDatabase.read(open);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            assertThat(faults.inForce())
                    .singleElement()
                    .satisfies(standing -> assertThat(standing.happened()).isEqualTo(2));
        }
    }

    @Test
    void the_poolers_queue_is_too_long_for_a_question_outside_of_a_transaction() throws SQLException {
        try (Connection pooled = DriverManager.getConnection(database.url() + POOLED);
                Connection direct = database.connect()) {
            faults.inject(new Fault.QueueTimeout(null));
            assertThat(SleeplessDatabase.read(direct)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(pooled))
                    .withMessageContaining("query_wait_timeout")
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08P01"));
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> SleeplessDatabase.read(pooled));
        }
    }

    @Test
    void all_connections_end_when_the_pooler_is_started_anew() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.CutConnections());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
            database.connect().close();
        }
    }
}
