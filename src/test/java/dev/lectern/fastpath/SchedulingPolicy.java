package dev.lectern.fastpath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// By which rules Linux gives a process the processors: `sched(7)`.
record SchedulingPolicy(int number) {

    /// `SCHED_BATCH`.
    static final SchedulingPolicy BATCH = new SchedulingPolicy(3);

    /// Where it stands in `/proc/PID/stat`, behind the name: `proc_pid_stat(5)`.
    private static final int FIELD = 38;

    static SchedulingPolicy of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return new SchedulingPolicy(Integer.parseInt(fields[FIELD]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
