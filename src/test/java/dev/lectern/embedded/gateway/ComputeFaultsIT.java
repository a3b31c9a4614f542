package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.lectern.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ComputeFaultsIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless(Notes.TABLE);

    @Test
    void a_read_only_server_refuses_to_write_on_old_and_new_connections() throws Exception {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.ReadOnly());
            refusesToWrite(open, "25006");
            try (Connection fresh = DATABASE.connect()) {
                refusesToWrite(fresh, "25006");
                assertThat(Notes.read(fresh)).isEqualTo("1");
            }
            DATABASE.inject(new Fault.Restart());
            try (Connection afterwards = DATABASE.connect()) {
                refusesToWrite(afterwards, "25006");
            }
            DATABASE.faults().clear();
            try (Connection afterwards = DATABASE.connect()) {
                Notes.write(afterwards, "writable again");
            }
        }
    }

    @Test
    void a_full_disk_fails_writes_with_the_words_of_neon_while_reads_go_on() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.DiskFull());
            for (int execution = 0; execution < 7; execution++) {
                refusesToWrite(open, "53100");
                assertThat(Notes.read(open)).isEqualTo("1");
            }
            DATABASE.faults().clear();
            Notes.write(open, "after the disk was full");
        }
        assertThat(Notes.count(DATABASE, "refused")).isEqualTo("0");
    }

    @Test
    void a_full_disk_fails_the_whole_transaction() throws SQLException {
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.DiskFull());
            open.setAutoCommit(false);
            refusesToWrite(open, "53100");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("25P02"));
            open.rollback();
            assertThat(Notes.read(open)).isEqualTo("1");
        }
    }

    @Test
    void slots_that_somebody_else_has_are_not_to_be_had() throws SQLException {
        DATABASE.inject(new Fault.SlotsTaken(95));
        assertThat(DATABASE.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'etl'"))
                .isEqualTo("95");
        List<Connection> open = new ArrayList<>();
        try {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            open.add(DATABASE.connect());
                        }
                    })
                    .withMessageContaining("remaining connection slots are reserved");
            assertThat(open).hasSizeBetween(1, 2);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
            // Their backends are gone when that returns, which else takes them some time.
            DATABASE.inject(new Fault.Restart());
        }
    }

    @Test
    void a_killed_server_is_started_by_the_next_login() throws Exception {
        String started = DATABASE.query("SELECT pg_postmaster_start_time()::text");
        try (Connection open = DATABASE.connect()) {
            DATABASE.inject(new Fault.Kill());
            assertThat(DATABASE.gateway().compute().state()).isEqualTo(Compute.State.IDLE);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(DATABASE.query("SELECT pg_postmaster_start_time()::text")).isNotEqualTo(started);
    }

    @Test
    void a_restart_ends_connections_with_57P01_and_refuses_logins_in_between() throws Exception {
        try (Connection open = DATABASE.connect();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> restart = threads.submit(() -> DATABASE.inject(new Fault.Restart()));
            List<String> refusals = new ArrayList<>();
            while (!restart.isDone()) {
                try {
                    DATABASE.connect().close();
                } catch (SQLException e) {
                    refusals.add(e.getSQLState() + " " + e.getMessage());
                }
            }
            restart.get();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Notes.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57P01"));
            assertThat(refusals)
                    .isNotEmpty()
                    .anyMatch(
                            refusal -> refusal.matches("XX000 .*the database system is (starting up|shutting down).*"));
            DATABASE.connect().close();
        }
    }

    @Test
    void an_outage_is_ended_by_time() {
        DATABASE.inject(new Fault.Outage(Duration.ofMillis(400)));
        assertThatNoException().isThrownBy(() -> {
            while (true) {
                try {
                    DATABASE.connect().close();
                    return;
                } catch (SQLException e) {
                    assertThat(e.getMessage()).contains("Couldn't connect to compute node");
                }
            }
        });
    }

    @Test
    void an_outage_is_ended_by_no_login_and_by_clearing_it() throws SQLException {
        DATABASE.inject(new Fault.Outage(Duration.ofMinutes(10)));
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(DATABASE::connect)
                    .withMessageContaining("Couldn't connect to compute node");
        }
        DATABASE.faults().clear();
        DATABASE.connect().close();
    }

    @Test
    void a_compute_that_is_suspended_on_command_is_woken_by_the_next_login() throws Exception {
        DATABASE.inject(new Fault.Suspend());
        assertThat(DATABASE.gateway().compute().state()).isEqualTo(Compute.State.IDLE);
        DATABASE.connect().close();
        assertThat(DATABASE.gateway().compute().state()).isEqualTo(Compute.State.ACTIVE);
    }

    private static void refusesToWrite(Connection connection, String state) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Notes.write(connection, "refused"))
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo(state));
    }
}
