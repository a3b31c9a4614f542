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
            } else {
                create(folder, path, program);
            }
            return new DataFolder(path);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data folder %s cannot be used: %s".formatted(path, e), e);
        }
    }

    String password() {
        try {
            return Files.readString(path.resolve(PASSWORD_FILE)).strip();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The password in %s cannot be read: %s".formatted(path.resolve(PASSWORD_FILE), e), e);
        }
    }

    /// Writes the server's settings anew; they are read at its start.
    void configure(String settings) {
        try {
            PrivateFile.write(path.resolve("lectern.conf"), settings);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data folder %s cannot be written: %s".formatted(path, e), e);
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
        program.run(
                "postgres",
                List.of("--single", "-D", draft.toString(), "-c", "exit_on_error=on", "postgres"),
                roleAndDatabase(password));
        PrivateFile.write(draft.resolve(PASSWORD_FILE), password);
        // The one role that may come in, so that another user of this machine cannot be a superuser here.
        PrivateFile.write(draft.resolve("pg_hba.conf"), "host all %s 127.0.0.1/32 scram-sha-256\n".formatted(ROLE));
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
