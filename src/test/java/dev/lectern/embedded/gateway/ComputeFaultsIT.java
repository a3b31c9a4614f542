package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ComputeFaultsIT {

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
    void a_read_only_server_refuses_to_write_on_old_and_new_connections() throws Exception {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.ReadOnly());
            refusesToWrite(open, "25006");
            try (Connection fresh = database.connect()) {
                refusesToWrite(fresh, "25006");
                assertThat(SleeplessDatabase.read(fresh)).isEqualTo("1");
            }
            faults.inject(new Fault.Restart());
            try (Connection afterwards = database.connect()) {
                refusesToWrite(afterwards, "25006");
            }
            faults.clear();
            try (Connection afterwards = database.connect()) {
                SleeplessDatabase.write(afterwards, "writable again");
            }
        }
    }

    @Test
    void a_full_disk_fails_writes_with_the_words_of_neon_while_reads_go_on() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.DiskFull());
            for (int execution = 0; execution < 7; execution++) {
                refusesToWrite(open, "53100");
                assertThat(SleeplessDatabase.read(open)).isEqualTo("1");
            }
            faults.clear();
            SleeplessDatabase.write(open, "after the disk was full");
        }
        assertThat(database.notes("refused")).isEqualTo("0");
    }

    @Test
    void a_full_disk_fails_the_whole_transaction() throws SQLException {
        try (Connection open = database.connect()) {
            faults.inject(new Fault.DiskFull());
            open.setAutoCommit(false);
            refusesToWrite(open, "53100");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("25P02"));
            open.rollback();
            assertThat(SleeplessDatabase.read(open)).isEqualTo("1");
        }
    }

    @Test
    void slots_that_somebody_else_has_are_not_to_be_had() throws SQLException {
        faults.inject(new Fault.SlotsTaken(95));
        assertThat(database.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'etl'"))
                .isEqualTo("95");
        List<Connection> open = new ArrayList<>();
        try {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            open.add(database.connect());
                        }
                    })
                    .withMessageContaining("remaining connection slots are reserved");
            assertThat(open).hasSizeBetween(1, 2);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
            // Their backends are gone when that returns, which else takes them some time.
            faults.inject(new Fault.Restart());
        }
    }

    @Test
    void a_killed_server_is_started_by_the_next_login() throws Exception {
        String started = database.query("SELECT pg_postmaster_start_time()::text");
        try (Connection open = database.connect()) {
            faults.inject(new Fault.Kill());
            assertThat(database.compute().state()).isEqualTo(Compute.State.IDLE);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08006"));
        }
        assertThat(database.query("SELECT pg_postmaster_start_time()::text")).isNotEqualTo(started);
    }

    @Test
    void a_restart_ends_connections_with_57P01_and_refuses_logins_in_between() throws Exception {
        try (Connection open = database.connect();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> restart = threads.submit(() -> faults.inject(new Fault.Restart()));
            List<String> refusals = new ArrayList<>();
            while (!restart.isDone()) {
                try {
                    database.connect().close();
                } catch (SQLException e) {
                    refusals.add(e.getSQLState() + " " + e.getMessage());
                }
            }
            restart.get();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> SleeplessDatabase.read(open))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57P01"));
            assertThat(refusals)
                    .isNotEmpty()
                    .anyMatch(
                            refusal -> refusal.matches("XX000 .*the database system is (starting up|shutting down).*"));
            database.connect().close();
        }
    }

    @Test
    void an_outage_is_not_ended_by_a_login_but_by_time() {
        faults.inject(new Fault.Outage(Duration.ofMillis(400)));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(database::connect)
                .withMessageContaining("Couldn't connect to compute node");
        assertThatNoException().isThrownBy(() -> {
            while (true) {
                try {
                    database.connect().close();
                    return;
                } catch (SQLException e) {
                    assertThat(e.getMessage()).contains("Couldn't connect to compute node");
                }
            }
        });
    }

    @Test
    void an_outage_is_ended_by_clearing_it() throws SQLException {
        faults.inject(new Fault.Outage(Duration.ofMinutes(10)));
        faults.clear();
        database.connect().close();
    }

    @Test
    void a_compute_that_is_suspended_on_command_is_woken_by_the_next_login() throws Exception {
        faults.inject(new Fault.Suspend());
        assertThat(database.compute().state()).isEqualTo(Compute.State.IDLE);
        database.connect().close();
        assertThat(database.compute().state()).isEqualTo(Compute.State.ACTIVE);
    }

    private static void refusesToWrite(Connection connection, String state) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> SleeplessDatabase.write(connection, "refused"))
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo(state));
    }
}
