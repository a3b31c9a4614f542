package dev.lectern.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder that holds the databases. It appears under its name complete, with role, password and database, or not
/// at all: a crash during the first start leaves only a draft, which the next start sweeps away.
record DataFolder(Path path) {

    static final String ROLE = "lectern";
    static final String DATABASE = "lectern";

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final String MAJOR_VERSION = "18";
    private static final String PASSWORD_FILE = "lectern.password";
    private static final String MONITOR = "lectern_monitor";
    private static final String MONITOR_PASSWORD_FILE = "monitor.password";
    private static final String FURTHER_SETTINGS = "further.conf";
    private static final String DRAFT = "incomplete-";

    /// Opens the folder, or creates it.
    static DataFolder prepare(Path folder, ServerProgram program) {
        Path path = folder.resolve("data");
        try {
            FileTree.sweep(folder, DRAFT + "*");
            if (Files.exists(path) && isEmpty(path)) {
                Files.delete(path);
            }
            if (Files.exists(path)) {
                refuseStrange(path);
                addMonitor(path, program);
            } else {
                create(folder, path, program);
            }
            return new DataFolder(path);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data folder %s cannot be used: %s".formatted(path, e), e);
        }
    }

    /// How the application's role connects to a port. No TLS on the loopback address: that saves asking for it at each
    /// connection.
    String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&sslmode=disable&gssEncMode=disable"
                .formatted(port, DATABASE, ROLE, password(PASSWORD_FILE));
    }

    /// How the role that looks for activity connects to a port: as a replica does, since those have slots of their own
    /// and take none of the connections that the compute has for its clients.
    String monitorUrl(int port) {
        return ("jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s&sslmode=disable&gssEncMode=disable"
                        + "&replication=database&preferQueryMode=simple&assumeMinServerVersion=18"
                        + "&ApplicationName=monitor&connectTimeout=2&socketTimeout=5")
                .formatted(port, MONITOR, password(MONITOR_PASSWORD_FILE));
    }

    /// Writes the server's settings anew; they are read at its start.
    void configure(String settings) {
        write("lectern.conf", settings + "include '" + FURTHER_SETTINGS + "'\n");
    }

    /// Writes settings that come after those; they are read at the server's start and when it is told to.
    void configureFurther(String settings) {
        write(FURTHER_SETTINGS, settings);
    }

    private void write(String file, String settings) {
        try {
            PrivateFile.write(path.resolve(file), settings);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data folder %s cannot be written: %s".formatted(path, e), e);
        }
    }

    private String password(String file) {
        try {
            return Files.readString(path.resolve(file)).strip();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The password in %s cannot be read: %s".formatted(path.resolve(file), e), e);
        }
    }

    private static void create(Path folder, Path path, ServerProgram program) throws IOException {
        Path draft = Files.createTempDirectory(folder, DRAFT);
        program.run(
                "initdb",
                List.of(
                        "--pgdata=" + draft,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        // The same order of texts on every system, and the one that Neon has.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--no-instructions"),
                "");
        String password = newPassword();
        String monitorPassword = newPassword();
        execute(program, draft, roleAndDatabase(password) + monitor(monitorPassword));
        PrivateFile.write(draft.resolve(PASSWORD_FILE), password);
        admit(draft);
        PrivateFile.write(draft.resolve(MONITOR_PASSWORD_FILE), monitorPassword);
        Files.writeString(draft.resolve("postgresql.conf"), "\ninclude 'lectern.conf'\n", StandardOpenOption.APPEND);
        PrivateFile.syncFolder(draft);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        PrivateFile.syncFolder(folder);
        LOG.info("Created the data folder {}", path);
    }

    /// What a Neon role may do, as far as it matters: https://neon.com/docs/manage/roles. One statement a line, for
    /// PostgreSQL's single-user mode.
    private static String roleAndDatabase(String password) {
        return """
                CREATE ROLE %1$s LOGIN CREATEDB CREATEROLE PASSWORD '%2$s';
                GRANT pg_monitor, pg_signal_backend, pg_read_all_data, pg_write_all_data TO %1$s WITH ADMIN OPTION;
                CREATE DATABASE %3$s OWNER %1$s;
                """.formatted(ROLE, password, DATABASE);
    }

    /// What sees everybody's activity and nobody's data. One statement a line.
    private static String monitor(String password) {
        return """
                DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s; END IF; END$$;
                ALTER ROLE %1$s LOGIN REPLICATION PASSWORD '%2$s';
                GRANT pg_monitor, pg_use_reserved_connections TO %1$s;
                """.formatted(MONITOR, password);
    }

    /// To a folder of a time when there was none.
    private static void addMonitor(Path path, ServerProgram program) throws IOException {
        if (!Files.exists(path.resolve(MONITOR_PASSWORD_FILE))) {
            Postmaster.endLeftOver(path, program);
            String password = newPassword();
            // What is written there at each start may name what this program does not know.
            PrivateFile.write(path.resolve("lectern.conf"), "");
            execute(program, path, monitor(password));
            admit(path);
            PrivateFile.write(path.resolve(MONITOR_PASSWORD_FILE), password);
            LOG.info("Added a role for the monitor to the data folder {}", path);
        }
    }

    /// The roles that may come in, so that another user of this machine cannot be a superuser here.
    private static void admit(Path folder) throws IOException {
        PrivateFile.write(folder.resolve("pg_hba.conf"), """
                host all %s 127.0.0.1/32 scram-sha-256
                host postgres %s 127.0.0.1/32 scram-sha-256
                """.formatted(ROLE, MONITOR));
    }

    private static void execute(ServerProgram program, Path folder, String statements) {
        program.run(
                "postgres",
                List.of("--single", "-D", folder.toString(), "-c", "exit_on_error=on", "postgres"),
                statements);
    }

    private static void refuseStrange(Path path) throws IOException {
        Path versionFile = path.resolve("PG_VERSION");
        if (!Files.exists(versionFile)
                || !Files.exists(path.resolve("global/pg_control"))
                || !Files.exists(path.resolve(PASSWORD_FILE))) {
            throw new EmbeddedDatabaseException(
                    ("The data folder %s is damaged or was not made by Lectern. Restore it from a"
                                    + " backup, or move it away to start with an empty database.")
                            .formatted(path));
        }
        String version = Files.readString(versionFile).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new EmbeddedDatabaseException(
                    ("The data folder %s was made by PostgreSQL %s, and this is PostgreSQL %s."
                                    + " Move it away to start with an empty database, or run the Lectern that made it.")
                            .formatted(path, version, MAJOR_VERSION));
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
