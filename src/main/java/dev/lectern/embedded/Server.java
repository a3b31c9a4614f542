package dev.lectern.embedded;

import dev.lectern.embedded.gateway.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server that this process has started, on any free port: its clients come through the gateway.
record Server(ServerProgram program, Postmaster postmaster, DataFolder data, int port) implements Postgres {

    private static final int ATTEMPTS = 3;
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final Duration RELOAD = Duration.ofSeconds(5);

    /// Starts one, once what runs on the folder still is ended.
    ///
    /// @param maximumConnections how many connections it takes, the reserved ones included
    static Server start(ServerProgram program, DataFolder data, int maximumConnections) {
        Postmaster.endLeftOver(data.path(), program);
        Path log = data.path().resolveSibling("server.log");
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            data.configureFurther("");
            data.configure(settings(port, maximumConnections));
            Optional<Postmaster> started = startOn(program, data, log);
            if (started.isPresent()) {
                return new Server(program, started.get(), data, port);
            }
            String lastWords = lastWords(log);
            if (!lastWords.contains("Address already in use") || attempt == ATTEMPTS) {
                throw new EmbeddedDatabaseException(
                        "The embedded database did not start. The end of %s: %s".formatted(log, lastWords));
            }
        }
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public boolean alive() {
        return Postmaster.of(data.path())
                .filter(found -> found.server().equals(postmaster.server()))
                .isPresent();
    }

    @Override
    public String ownerUrl() {
        return data.jdbcUrl(port);
    }

    @Override
    public String monitorUrl() {
        return data.monitorUrl(port);
    }

    @Override
    public void configure(String settings) {
        data.configureFurther(settings);
        try {
            String before = settingsRead();
            postmaster.reload(program);
            long deadline = System.nanoTime() + RELOAD.toNanos();
            while (settingsRead().equals(before) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
            }
        } catch (SQLException e) {
            throw new EmbeddedDatabaseException("The embedded database does not tell its settings: " + e, e);
        }
    }

    @Override
    public void stop() {
        postmaster.end(program);
    }

    @Override
    public void kill() {
        postmaster.kill();
    }

    /// When the server has read its settings; a new connection knows it from the server's first process.
    private String settingsRead() throws SQLException {
        try (Connection connection = DriverManager.getConnection(monitorUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_conf_load_time()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Optional<Postmaster> startOn(ServerProgram program, DataFolder data, Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            // pg_ctl gives the server a session of its own, so that Ctrl-C in a terminal reaches only its owner, who
            // may still need it. It looks after the server once in 100 ms; so does this loop, only more often.
            Process starter = program.start(
                    "pg_ctl",
                    List.of(
                            "start",
                            "--wait",
                            "--timeout=86400",
                            "--silent",
                            "--pgdata=" + data.path(),
                            "--log=" + log),
                    ProcessBuilder.Redirect.DISCARD);
            while (true) {
                boolean ended = starter.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                Optional<Postmaster> started = Postmaster.of(data.path()).filter(Postmaster::ready);
                if (started.isPresent() || ended) {
                    return started;
                }
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded database cannot be started: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while the embedded database started.", e);
        }
    }

    /// Durable, on the loopback address only, without a socket in a folder that others can write. Seven connections are
    /// reserved, as on Neon; the log tells of the server, not of each failed statement.
    private static String settings(int port, int maximumConnections) {
        return """
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = %d
            superuser_reserved_connections = 3
            reserved_connections = 4
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_min_messages = log
            log_checkpoints = off
            """.formatted(port, maximumConnections);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("There is no free port on the loopback address: " + e, e);
        }
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e + ")";
        }
    }
}
