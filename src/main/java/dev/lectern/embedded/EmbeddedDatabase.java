package dev.lectern.embedded;

import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.Postgres;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL 18 with a folder of its own under Lectern's home, for those who have no Neon at hand. It runs as long
/// as the process that started it, and keeps what it acknowledged even where that one is killed.
///
/// It registers no shutdown hook: hooks run all at once, and the database must outlive the last request. Its owner
/// closes it last.
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final HomeLock lock;
    private final Gateway gateway;
    private final String jdbcUrl;

    private EmbeddedDatabase(HomeLock lock, Gateway gateway, String jdbcUrl) {
        this.lock = lock;
        this.gateway = gateway;
        this.jdbcUrl = jdbcUrl;
    }

    /// Starts the database, and returns when it takes connections. What a killed predecessor left running is ended
    /// first.
    ///
    /// @throws HomeInUseException where a process already runs the database of this home
    /// @throws EmbeddedDatabaseException where it cannot start, with a sentence for the operator
    public static EmbeddedDatabase start(EmbeddedDatabaseSettings settings) {
        Path folder = settings.folder();
        createFolder(folder);
        HomeLock lock = HomeLock.acquire(folder);
        @Nullable Gateway gateway = null;
        try {
            if (settings.binaries().startsWith(folder)) {
                // Under the lock of the home nobody else unpacks there.
                ServerArchive.sweep(settings.binaries());
            }
            ServerProgram program = ServerArchive.unpackInto(settings.binaries());
            gateway = open(settings, DataFolder.prepare(folder, program), program);
            refuseUnlessDurable(gateway.compute().start(), folder.resolve("data"));
            String url = new DataFolder(folder.resolve("data")).jdbcUrl(gateway.port());
            lock.announce(lock.owner().withJdbcUrl(url));
            LOG.info("The embedded database listens on the port {}, its files are in {}", gateway.port(), folder);
            return new EmbeddedDatabase(lock, gateway, url);
        } catch (RuntimeException e) {
            if (gateway != null) {
                gateway.close();
            }
            lock.close();
            throw e;
        }
    }

    /// The process that runs the database of this home now, for another that wants to be its client; empty where none
    /// does, or where it is not up yet.
    public static Optional<Owner> attach(Path home) {
        return HomeLock.holder(EmbeddedDatabaseSettings.folderIn(home));
    }

    /// How to connect, with user and password.
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /// The way to it, which behaves as Neon's does.
    public Gateway gateway() {
        return gateway;
    }

    /// Tells those who attach where the admin console of this process listens.
    public void announceAdmin(String url) {
        lock.announce(lock.owner().withAdminUrl(url));
    }

    /// Stops the server and gives up the home. Open connections are cut.
    @Override
    public void close() {
        try (lock) {
            gateway.close();
        }
    }

    private static Gateway open(EmbeddedDatabaseSettings settings, DataFolder data, ServerProgram program) {
        int connections = settings.gateway().maximumConnections();
        try {
            return Gateway.open(
                    settings.port(),
                    settings.gateway(),
                    () -> Server.start(program, data, connections),
                    settings.folder());
        } catch (BindException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database cannot start: the port %d is in use."
                            .formatted(settings.port().orElse(0)),
                    e);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded database cannot listen: " + e, e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database needs a folder that it can write, and %s is none: %s".formatted(folder, e),
                    e);
        }
    }

    /// Also proves that the server on that port is the one of this folder.
    private static void refuseUnlessDurable(Postgres server, Path data) {
        String sql = """
                SELECT current_setting('fsync') || current_setting('synchronous_commit')
                         || current_setting('full_page_writes'),
                       current_setting('data_directory')""";
        try (Connection connection = DriverManager.getConnection(server.ownerUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (!"ononon".equals(row.getString(1)) || !Files.isSameFile(Path.of(row.getString(2)), data)) {
                throw new EmbeddedDatabaseException(
                        "The embedded database on %s does not run with the settings that make it durable."
                                .formatted(data));
            }
        } catch (SQLException | IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database on %s does not answer: %s".formatted(data, e.getMessage()), e);
        }
    }
}
