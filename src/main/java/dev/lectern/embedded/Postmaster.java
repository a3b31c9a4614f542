package dev.lectern.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that runs on a data folder, as found in the system's table of processes. The process id in the folder's
/// `postmaster.pid` alone proves nothing: after a crash it may be a stranger's.
///
/// @param server its first process
/// @param data the data folder
/// @param ready whether it takes connections
record Postmaster(ProcessHandle server, Path data, boolean ready) {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(15);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(5);

    /// The server of this folder, if one runs.
    static Optional<Postmaster> of(Path data) {
        List<String> lines = pidFile(data);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        // Line 1 is the process id, line 3 when it started, line 8 its state:
        // https://www.postgresql.org/docs/18/storage-file-layout.html
        boolean ready = lines.size() >= 8 && lines.get(7).startsWith("ready");
        return ProcessHandle.of(number(lines, 0))
                .filter(candidate ->
                        worksIn(candidate, data) || (!hasProcessTable() && startedAt(candidate, number(lines, 2))))
                .map(server -> new Postmaster(server, data, ready));
    }

    /// Ends what a killed owner left running on the folder; a process that is not PostgreSQL on this very folder is
    /// left alone. Only for who holds the lock of the home.
    static void endLeftOver(Path data, ServerProgram program) {
        Optional<Postmaster> orphan = of(data);
        if (orphan.isPresent()) {
            LOG.warn(
                    "The server {} still runs on {} although its owner is gone: ending it",
                    orphan.get().server().pid(),
                    data);
            orphan.get().end(program);
        } else if (!awaitEnd(data, IMMEDIATE_SHUTDOWN)) {
            // Without a postmaster they end by themselves, as soon as they are idle.
            LOG.warn("Processes of a dead server still work in {}: killing them", data);
            workers(data).forEach(ProcessHandle::destroyForcibly);
        }
        List<String> lines = pidFile(data);
        if (!lines.isEmpty()
                && hasProcessTable()
                && ProcessHandle.of(number(lines, 0)).isPresent()) {
            // PostgreSQL would take the stranger that has the number now for its own kind, and refuse to start.
            LOG.info("Removing the process id of a dead server from {}", data);
            delete(data.resolve("postmaster.pid"));
        }
    }

    /// Ends the server: by a fast shutdown if it obeys, else at the cost of a recovery at the next start. Committed
    /// work is safe either way.
    void end(ServerProgram program) {
        signal(program, "INT");
        if (awaitEnd(data, FAST_SHUTDOWN)) {
            return;
        }
        LOG.warn("The server {} did not stop within {}: ending it at once", server.pid(), FAST_SHUTDOWN);
        signal(program, "QUIT");
        if (awaitEnd(data, IMMEDIATE_SHUTDOWN)) {
            return;
        }
        kill();
    }

    /// Has it read its settings again.
    void reload(ServerProgram program) {
        signal(program, "HUP");
    }

    /// Kills it with all that works for it. It is halted before: the first of them to see another die would have time
    /// for last words.
    void kill() {
        List<ProcessHandle> workers = workers(data);
        halt();
        workers.stream().filter(worker -> !worker.equals(server)).forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        workers(data).forEach(ProcessHandle::destroyForcibly);
        if (!awaitEnd(data, IMMEDIATE_SHUTDOWN)) {
            throw new EmbeddedDatabaseException(
                    "The PostgreSQL server %d on %s cannot be ended.".formatted(server.pid(), data));
        }
    }

    private void halt() {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(server.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // Windows has no such signal; there last words are heard.
            LOG.debug("The server {} cannot be halted: {}", server.pid(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(ServerProgram program, String signal) {
        try {
            program.run("pg_ctl", List.of("kill", signal, Long.toString(server.pid())), "");
        } catch (EmbeddedDatabaseException e) {
            // It may have ended in between.
            LOG.debug("The signal did not arrive", e);
        }
    }

    private static boolean awaitEnd(Path data, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (of(data).isPresent() || !workers(data).isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private static List<ProcessHandle> workers(Path data) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> worksIn(candidate, data))
                .toList();
    }

    /// Whether a process is PostgreSQL with this as its working folder; a zombie works nowhere.
    private static boolean worksIn(ProcessHandle candidate, Path data) {
        ProcessHandle.Info info = candidate.info();
        if (info.command()
                .map(Path::of)
                .filter(command -> command.getFileName().toString().startsWith("postgres"))
                .isEmpty()) {
            return false;
        }
        if (!hasProcessTable()) {
            return info.arguments()
                    .filter(all -> List.of(all).contains(data.toString()))
                    .isPresent();
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(candidate.pid()), "cwd"))
                    .equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasProcessTable() {
        return Files.exists(Path.of("/proc/self/cwd"));
    }

    /// Windows tells no arguments.
    private static boolean startedAt(ProcessHandle candidate, long epochSecond) {
        return candidate
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.ofEpochSecond(epochSecond))
                        .abs())
                .filter(difference -> difference.compareTo(CLOCK_GRAIN) < 0)
                .isPresent();
    }

    private static long number(List<String> lines, int index) {
        try {
            return lines.size() > index ? Long.parseLong(lines.get(index).strip()) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static List<String> pidFile(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data folder %s cannot be read: %s".formatted(data, e), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot remove %s: %s".formatted(file, e), e);
        }
    }
}
