package dev.lectern.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A server that this process has started.
record Server(ServerProgram program, Postmaster postmaster, DataFolder data, int port) {

    private static final int ATTEMPTS_ON_A_FREE_PORT = 3;
    private static final long LOOK_EVERY_MILLIS = 5;

    static Server start(ServerProgram program, DataFolder data, OptionalInt port) {
        Path log = data.path().resolveSibling("server.log");
        for (int attempt = 1; ; attempt++) {
            int chosen = port.orElseGet(Server::freePort);
            Optional<Postmaster> started = startOn(chosen, program, data, log);
            if (started.isPresent()) {
                return new Server(program, started.get(), data, chosen);
            }
            String lastWords = lastWords(log);
            boolean taken = lastWords.contains("Address already in use");
            if (taken && port.isPresent()) {
                throw new EmbeddedDatabaseException(
                        "The embedded database cannot start: the port %d is in use.".formatted(chosen));
            }
            if (!taken || attempt == ATTEMPTS_ON_A_FREE_PORT) {
                throw new EmbeddedDatabaseException(
                        "The embedded database did not start. The end of %s: %s".formatted(log, lastWords));
            }
        }
    }

    /// With the password. No TLS on the loopback address: that saves asking for it at each connection.
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&sslmode=disable&gssEncMode=disable"
                .formatted(port, DataFolder.DATABASE, DataFolder.ROLE, data.password());
    }

    void stop() {
        postmaster.end(program);
    }

    private static Optional<Postmaster> startOn(int port, ServerProgram program, DataFolder data, Path log) {
        data.configure(settings(port));
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

    /// Durable, on the loopback address only, without a socket in a folder that others can write. The number of
    /// connections is that of Neon's smallest compute; the log tells of the server, not of each failed statement.
    private static String settings(int port) {
        return """
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 104
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_min_messages = log
            log_checkpoints = off
            """.formatted(port);
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
