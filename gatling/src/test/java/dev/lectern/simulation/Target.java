package dev.lectern.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the load goes and how much of it there is, as `bin/load` says in system properties.
///
/// @param api where readers ask
/// @param admin the admin port
/// @param users how many readers there are at once
/// @param duration of the whole simulation; where it is not said, half a minute before and after an outage
/// @param outage how long the database is away, where it is
/// @param roundTrip by how much a message to the database and its answer are delayed
/// @param folder where the records of the run are written
/// @param process of the application, where it runs on this machine
record Target(
        URI api,
        URI admin,
        int users,
        Duration duration,
        Duration outage,
        Duration roundTrip,
        Path folder,
        Optional<ProcessHandle> process) {

    private static final Pattern READY = Pattern.compile("(?m)^Lectern ready: (http\\S+) admin (http\\S+)$");
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration AROUND_AN_OUTAGE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MS = 20;

    /// Where the application is being started, waits until it is ready: readers are to come at that moment.
    static Target ofThisRun() {
        Optional<ProcessHandle> process = Optional.ofNullable(System.getProperty("process"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
        Duration outage = duration("outage", "PT5S");
        String log = System.getProperty("log");
        Matcher ready = log == null ? null : ready(Path.of(log), process);
        return new Target(
                URI.create((ready == null ? System.getProperty("url", "http://127.0.0.1:8080") : ready.group(1))
                        + "/api/v1"),
                URI.create(ready == null ? System.getProperty("admin", "http://127.0.0.1:8081") : ready.group(2)),
                Integer.getInteger("users", 50),
                duration("duration", outage.plus(AROUND_AN_OUTAGE).toString()),
                outage,
                duration("roundTrip", "PT0.002S"),
                Path.of(System.getProperty("run", "target/run")),
                process);
    }

    private static Duration duration(String property, String usual) {
        return Duration.parse(System.getProperty(property, usual));
    }

    private static Matcher ready(Path log, Optional<ProcessHandle> process) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (System.nanoTime() - deadline < 0
                    && process.map(ProcessHandle::isAlive).orElse(true)) {
                Matcher line = READY.matcher(Files.readString(log));
                if (line.find()) {
                    return line;
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
            throw new IllegalStateException("Lectern did not become ready; its log:\n" + Files.readString(log));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Lectern's log cannot be read.", e);
        }
    }
}
