package dev.lectern.embedded;

import static dev.lectern.embedded.Homes.execute;
import static dev.lectern.embedded.Homes.query;
import static dev.lectern.embedded.Homes.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.GatewaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

    @TempDir
    Path temporary;

    @Test
    void keeps_its_rows_from_one_start_to_the_next() throws SQLException {
        Path home = temporary.resolve("a home with spaces & ümlauts");
        try (EmbeddedDatabase first = EmbeddedDatabase.start(settings(home))) {
            execute(first.jdbcUrl(), "CREATE TABLE kept AS SELECT 'a row' AS it");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(settings(home))) {
            assertThat(query(second.jdbcUrl(), "SELECT it FROM kept")).isEqualTo("a row");
            assertThat(query(second.jdbcUrl(), "SELECT current_database()")).isEqualTo("lectern");
        }
    }

    @Test
    void runs_postgresql_18_with_durable_settings() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(temporary))) {
            String url = database.jdbcUrl();
            assertThat(query(url, "SHOW server_version")).startsWith("18.");
            assertThat(query(url, "SHOW fsync")).isEqualTo("on");
            assertThat(query(url, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(url, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void lets_in_nobody_without_the_password_and_gives_nobody_a_superuser() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(temporary))) {
            String url = database.jdbcUrl();
            assertThat(query(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> query(url.replaceAll("password=\\w+", "password=guess"), "SELECT 1"));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> query(url.replace("user=lectern", "user=postgres"), "SELECT 1"))
                    .withMessageContaining("pg_hba.conf");
        }
    }

    @Test
    void listens_on_the_port_that_was_asked_for() throws IOException, SQLException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var settings = new EmbeddedDatabaseSettings(temporary, OptionalInt.of(port), Homes.BINARIES);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            assertThat(database.jdbcUrl()).contains("127.0.0.1:" + port);
        }
    }

    @Test
    void says_so_when_the_port_is_taken_and_gives_up_the_home() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = new EmbeddedDatabaseSettings(temporary, OptionalInt.of(other.getLocalPort()), Homes.BINARIES);
            assertThatExceptionOfType(EmbeddedDatabaseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(taken).close())
                    .withMessage("The embedded database cannot start: the port %d is in use.", other.getLocalPort());
        }
        EmbeddedDatabase.start(settings(temporary)).close();
    }

    @Test
    void starts_anew_after_a_first_start_that_was_cut_off() throws IOException {
        Path draft = Files.createDirectories(temporary.resolve("postgres/incomplete-1/base/1"));
        Files.writeString(draft.resolve("PG_VERSION"), "18\n");
        Files.createDirectories(temporary.resolve("postgres/data"));
        EmbeddedDatabase.start(settings(temporary)).close();
        try (Stream<Path> left = Files.list(temporary.resolve("postgres"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "owner.lock", "server.log");
        }
    }

    @Test
    void unpacks_its_program_into_the_home_after_an_unpacking_that_was_cut_off() throws IOException {
        Path program = temporary.resolve("postgres/program");
        Files.createDirectories(program.resolve("unpacking-1/bin"));
        EmbeddedDatabase.start(EmbeddedDatabaseSettings.in(temporary)).close();
        try (Stream<Path> unpacked = Files.list(program)) {
            assertThat(unpacked)
                    .singleElement()
                    .satisfies(path -> assertThat(path.resolve("bin/postgres")).isExecutable());
        }
    }

    @Test
    void refuses_the_folder_of_another_major_version() throws IOException {
        EmbeddedDatabase.start(settings(temporary)).close();
        Files.writeString(temporary.resolve("postgres/data/PG_VERSION"), "17\n");
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> EmbeddedDatabase.start(settings(temporary)).close())
                .withMessageContaining("was made by PostgreSQL 17, and this is PostgreSQL 18");
    }

    @Test
    void refuses_a_damaged_folder_and_leaves_it_as_it_is() throws IOException {
        EmbeddedDatabase.start(settings(temporary)).close();
        Path control = temporary.resolve("postgres/data/global/pg_control");
        Files.delete(control);
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> EmbeddedDatabase.start(settings(temporary)).close())
                .withMessageContaining("is damaged");
        Files.write(control, new byte[8192]);
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> EmbeddedDatabase.start(settings(temporary)).close())
                .withMessageContaining("did not start")
                .withMessageContaining("FATAL");
        assertThat(control).exists();
    }

    @Test
    void says_so_when_the_home_cannot_be_written() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "no folder");
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() ->
                        EmbeddedDatabase.start(settings(file.resolve("home"))).close())
                .withMessageStartingWith("The embedded database needs a folder that it can write, and ");
    }

    @Test
    void a_folder_from_before_the_gateway_is_watched_and_suspended_too() throws Exception {
        try (EmbeddedDatabase old = EmbeddedDatabase.start(settings(temporary))) {
            execute(old.jdbcUrl(), "CREATE TABLE kept AS SELECT 'a row' AS it");
        }
        Path data = temporary.resolve("postgres/data");
        Files.delete(data.resolve("monitor.password"));
        Files.writeString(data.resolve("pg_hba.conf"), "host all lectern 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(data.resolve("lectern.conf"), "");
        GatewaySettings sleepy = GatewaySettings.DEFAULT.withSuspendAfter(Duration.ofSeconds(1));
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(settings(temporary).withGateway(sleepy))) {
            assertThat(database.gateway().compute().await(Compute.State.IDLE, Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(query(database.jdbcUrl(), "SELECT it FROM kept")).isEqualTo("a row");
        }
    }

    @Test
    void keeps_its_folder_to_itself() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings(temporary))) {
            assertThat(database.jdbcUrl()).contains("password=");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(temporary.resolve("postgres/owner.json"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("postgres"))))
                    .isEqualTo("rwx------");
        }
    }
}
