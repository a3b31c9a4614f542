package dev.lectern.fastpath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/// What processes have had of the processors, from their beginning, as Linux counts it.
final class ProcessorTime {

    /// Of one clock tick: USER_HZ is 100 on every machine that Lectern runs on.
    private static final Duration TICK = Duration.ofMillis(10);

    /// Where user and system time stand behind the name, and those of children that have ended.
    private static final int OWN = 11;

    private static final int OF_ENDED = 13;

    private ProcessorTime() {}

    /// Of one process.
    static Duration of(long pid) {
        return TICK.multipliedBy(ticks(pid, OWN));
    }

    /// Of a process and all that it has started.
    static Duration ofFamily(long pid) {
        long children = ProcessHandle.of(pid)
                .orElseThrow()
                .children()
                .mapToLong(child -> ticks(child.pid(), OWN))
                .sum();
        return TICK.multipliedBy(ticks(pid, OWN) + ticks(pid, OF_ENDED) + children);
    }

    private static long ticks(long pid, int first) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
        } catch (NoSuchFileException e) {
            return 0; // it has just ended, and counts among the ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
