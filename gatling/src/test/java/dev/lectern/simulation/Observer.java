package dev.lectern.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks each second at the application, its database and its own costs, and records what it sees.
final class Observer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ProcessHandle CLIENT = ProcessHandle.current();

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Target target;
    private final Admin admin;
    private final Records records;

    Observer(Target target, Admin admin, Records records) {
        this.target = target;
        this.admin = admin;
        this.records = records;
    }

    void start() {
        admin.countFromZero();
        executor.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            JsonNode seen = admin.snapshot();
            JsonNode pool = seen.path("pool");
            JsonNode process = seen.path("process");
            JsonNode database = admin.database();
            JsonNode counts = database.path("counts");
            records.sample(
                    System.currentTimeMillis(),
                    seen.path("database").path("status").asText(),
                    database.path("compute").asText(),
                    pool.path("active").asInt(),
                    pool.path("idle").asInt(),
                    pool.path("waiting").asInt(),
                    pool.path("maximum").asInt(),
                    counts.path("open_backends").asInt(),
                    counts.path("most_open_backends").asInt(),
                    process.path("heap_used_mb").asInt(),
                    process.path("threads").asInt(),
                    residentMb(),
                    cpuMillis(CLIENT),
                    target.process().map(Observer::cpuMillis).orElse(0L),
                    Math.round(MACHINE.getCpuLoad() * 100));
        } catch (RuntimeException e) {
            LOG.warn("A second of the run was not seen", e);
        }
    }

    private static long cpuMillis(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    /// Of the application, as Linux tells; 0 elsewhere.
    private long residentMb() {
        Path status =
                Path.of("/proc/" + target.process().map(ProcessHandle::pid).orElse(0L) + "/status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        look();
        try {
            records.capacity(admin.capacity());
        } catch (RuntimeException e) {
            LOG.warn("The application does not say what its pool was asked for", e);
        }
    }
}
