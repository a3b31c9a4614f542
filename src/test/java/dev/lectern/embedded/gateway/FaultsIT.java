package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.embedded.SharedDatabase;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FaultsIT {

    private static final String POOLED = "&options=endpoint%3Dep-embedded-pooler";

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless(Notes.TABLE);

    @Test
    void refused_connections_leave_open_ones_alone_until_the_fault_is_cleared() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.RefuseConnections());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(DATABASE::connect)
                    .withCauseInstanceOf(ConnectException.class);
            assertThat(open.isValid(1)).isTrue();
            DATABASE.faults().clear();
            DATABASE.connect().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_login_reads_the_words_of_neon(LoginRefusal reason) throws SQLException {
        DATABASE.inject(new Fault.RefuseLogins(reason, 1));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(DATABASE::connect)
                .withMessageContaining(reason.text())
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("XX000"));
        DATABASE.connect().close();
    }

    @Test
    void a_fault_that_lasts_ends_by_itself() throws Exception {
        DATABASE.faults().inject(new Fault.RefuseLogins(LoginRefusal.QUOTA, null), Duration.ofSeconds(2));
        assertThat(DATABASE.faults().inForce())
                .singleElement()
                .satisfies(
                        standing -> assertThat(standing.remaining()).isBetween(Duration.ZERO, Duration.ofSeconds(2)));
        String last = "";
        while (!DATABASE.faults().inForce().isEmpty()) {
            try {
                DATABASE.connect().close();
            } catch (SQLException e) {
                last = String.valueOf(e.getMessage());
            }
        }
        assertThat(last).contains("exceeded the compute time quota");
        DATABASE.connect().close();
    }

    @Test
    void a_black_hole_swallows_what_is_said_on_old_and_new_connections() throws SQLException {
        try (Connection open = DATABASE.connect();
                Connection untouched = DATABASE.connect()) {
            DATABASE.inject(new Fault.BlackHole());
            open.setNetworkTimeout(Runnable::run, 200);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .withCauseInstanceOf(SocketTimeoutException.class);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DATABASE.connect("&loginTimeout=1"))
                    .withMessageContaining("timed out");
            DATABASE.faults().clear();
            assertThat(Notes.read(untouched)).isEqualTo("1");
            DATABASE.connect().close();
        }
    }

    @Test
    void half_open_connections_are_dead_without_a_word_and_new_ones_alive() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.HalfOpen());
            open.setNetworkTimeout(Runnable::run, 200);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .withCauseInstanceOf(SocketTimeoutException.class);
            assertThat(DATABASE.query("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void every_second_question_is_reset_before_its_answer() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.ResetQueries(2, null));
            assertThat(Notes.read(open)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
    }

    @Test
    void the_next_question_is_reset() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.ResetQueries(null, 1));
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Notes.read(open));
        }
        try (Connection open = DATABASE.connect()) {
            assertThat(Notes.read(open)).isEqualTo("1");
        }
        assertThat(DATABASE.faults().inForce()).isEmpty();
    }

    @Test
    void a_cut_commit_is_done_although_nobody_is_told() throws SQLException {
        DATABASE.inject(new Fault.CutAnswers(Fault.CutAnswers.Statement.COMMIT, 1));
        try (Connection open = DATABASE.connect()) {
            open.setAutoCommit(false);
            Notes.write(open, "committed");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(open::commit)
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(Notes.count(DATABASE, "committed")).isEqualTo("1");
    }

    @Test
    void a_cut_write_is_done_although_nobody_is_told() throws SQLException {
        DATABASE.inject(new Fault.CutAnswers(Fault.CutAnswers.Statement.WRITE, 1));
        try (Connection open = DATABASE.connect()) {
            assertThat(Notes.read(open)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.write(open, "written"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(Notes.count(DATABASE, "written")).isEqualTo("1");
    }

    @Test
    void a_slow_network_delays_a_share_of_the_round_trips() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.Slow(Duration.ofMillis(60), 0.5));
            long begin = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                Notes.read(open);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            assertThat(DATABASE.faults().inForce())
                    .singleElement()
                    .satisfies(standing -> assertThat(standing.happened()).isEqualTo(2));
        }
    }

    @Test
    void the_poolers_queue_is_too_long_for_a_question_outside_of_a_transaction() throws SQLException {
        try (Connection pooled = DATABASE.connect(POOLED);
                Connection direct = DATABASE.connect()) {
            DATABASE.inject(new Fault.QueueTimeout(null));
            assertThat(Notes.read(direct)).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(pooled))
                    .withMessageContaining("query_wait_timeout")
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08P01"));
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Notes.read(pooled));
        }
    }

    @Test
    void all_connections_end_when_the_pooler_is_started_anew() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.CutConnections());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
            DATABASE.connect().close();
        }
    }
}
