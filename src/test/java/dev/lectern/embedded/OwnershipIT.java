package dev.lectern.embedded;

import static dev.lectern.embedded.Homes.query;
import static dev.lectern.embedded.Homes.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnershipIT {

    @TempDir
    Path home;

    @Test
    void survives_the_kill_of_its_owner_with_nothing_acknowledged_lost() throws Exception {
        Process owner = startWriter();
        long acknowledged = 0;
        long orphan;
        try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged < 200) {
                acknowledged = row(lines.readLine()).orElse(0);
            }
            orphan = postmasterPid();
            // Not by Process.destroyForcibly(), which closes its output.
            owner.toHandle().destroyForcibly();
            // What it still wrote before the kill took effect is acknowledged too.
            acknowledged = lines.lines()
                    .flatMapToLong(line -> row(line).stream())
                    .max()
                    .orElse(acknowledged);
        } finally {
            owner.destroyForcibly();
        }
        assertThat(owner.waitFor()).isNotZero();
        assertThat(ProcessHandle.of(orphan)).as("the server outlives its owner").isPresent();
        assertThat(EmbeddedDatabase.attach(home)).isEmpty();

        try (EmbeddedDatabase reopened = EmbeddedDatabase.start(settings(home))) {
            assertThat(postmasterPid()).isNotEqualTo(orphan);
            assertThat(Files.exists(Path.of("/proc", Long.toString(orphan), "cwd")))
                    .as("the orphan runs")
                    .isFalse();
            assertThat(query(reopened.jdbcUrl(), "SELECT count(*) FROM acknowledged WHERE n <= " + acknowledged))
                    .isEqualTo(Long.toString(acknowledged));
            // One more may have been written whose acknowledgement was never told.
            assertThat(Long.parseLong(query(reopened.jdbcUrl(), "SELECT max(n) FROM acknowledged")))
                    .isBetween(acknowledged, acknowledged + 1);
        }
    }

    @Test
    void refuses_a_home_that_another_process_has_and_lets_attach_to_it() throws Exception {
        Process owner = startWriter();
        try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.lines().flatMapToLong(line -> row(line).stream()).findFirst())
                    .hasValue(1);
            assertThatExceptionOfType(HomeInUseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(settings(home)).close())
                    .withMessage(
                            "The embedded database in %s is in use by the process %d: stop that one first.",
                            home.resolve("postgres"), owner.pid())
                    .satisfies(refusal -> assertThat(refusal.ownerPid()).hasValue(owner.pid()));

            Owner attached = EmbeddedDatabase.attach(home).orElseThrow();
            assertThat(attached.pid()).isEqualTo(owner.pid());
            assertThat(attached.adminUrl()).isEqualTo("http://127.0.0.1:1/");
            assertThat(query(String.valueOf(attached.jdbcUrl()), "SELECT min(n) FROM acknowledged"))
                    .isEqualTo("1");
            assertThat(attached.toString()).doesNotContain("password");
        } finally {
            owner.destroyForcibly().waitFor();
            EmbeddedDatabase.start(settings(home)).close();
        }
    }

    @Test
    void this_process_attaches_to_itself_without_losing_its_lock() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(home))) {
            assertThat(EmbeddedDatabase.attach(home)).map(Owner::jdbcUrl).contains(database.jdbcUrl());
            assertThatExceptionOfType(HomeInUseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(settings(home)).close());

            Process second = startWriter();
            try (BufferedReader errors = second.errorReader(StandardCharsets.UTF_8)) {
                assertThat(errors.lines())
                        .anyMatch(line -> line.contains("is in use by the process "
                                + ProcessHandle.current().pid()));
            }
            assertThat(second.waitFor()).isNotZero();
        }
        assertThat(EmbeddedDatabase.attach(home)).isEmpty();
    }

    @Test
    void does_not_harm_a_stranger_that_has_the_process_id_of_a_dead_server() throws Exception {
        EmbeddedDatabase.start(settings(home)).close();
        Process stranger = new ProcessBuilder("cat").start();
        try {
            Files.write(
                    home.resolve("postgres/data/postmaster.pid"),
                    List.of(
                            Long.toString(stranger.pid()),
                            home.resolve("postgres/data").toString(),
                            "1",
                            "1",
                            "",
                            "127.0.0.1",
                            "",
                            "ready"));
            try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(home))) {
                assertThat(query(database.jdbcUrl(), "SELECT 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_server_that_was_killed_itself_recovers() throws IOException, SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(home))) {
            Homes.execute(database.jdbcUrl(), "CREATE TABLE kept AS SELECT 'a row' AS it");
            ProcessHandle.of(postmasterPid()).orElseThrow().destroyForcibly();
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(home))) {
            assertThat(query(database.jdbcUrl(), "SELECT it FROM kept")).isEqualTo("a row");
        }
    }

    @Test
    void a_server_that_was_killed_is_started_again_at_the_next_login() throws IOException, SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(home))) {
            Homes.execute(database.jdbcUrl(), "CREATE TABLE kept AS SELECT 'a row' AS it");
            long killed = postmasterPid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            assertThat(query(database.jdbcUrl(), "SELECT it FROM kept")).isEqualTo("a row");
            assertThat(postmasterPid()).isNotEqualTo(killed);
        }
    }

    private Process startWriter() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcknowledgedWriter.class.getName(),
                        home.toString(),
                        Homes.BINARIES.toString())
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static OptionalLong row(String line) {
        return line.startsWith(AcknowledgedWriter.ROW)
                ? OptionalLong.of(Long.parseLong(line.substring(AcknowledgedWriter.ROW.length())))
                : OptionalLong.empty();
    }

    private long postmasterPid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst());
    }
}
