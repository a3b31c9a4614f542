package dev.lectern.answer;

import dev.lectern.conversation.Timings;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the time of one answer goes, from its making on. For one thread.
final class Stopwatch {

    private final LongSupplier nanoTime;
    private final long arrival;
    private long searching;
    private long lastSearch;
    private long generating;
    private long generationStart;
    private long end;
    private @Nullable Long firstText;

    /// @param nanoTime as [System#nanoTime()]
    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        arrival = nanoTime.getAsLong();
        end = arrival;
    }

    <T> T searching(Supplier<T> search) {
        long start = nanoTime.getAsLong();
        try {
            return search.get();
        } finally {
            lastSearch = nanoTime.getAsLong() - start;
            searching += lastSearch;
        }
    }

    <T> T generating(Supplier<T> generation) {
        generationStart = nanoTime.getAsLong();
        try {
            return generation.get();
        } finally {
            end = nanoTime.getAsLong();
            generating += end - generationStart;
        }
    }

    /// Text came; only the first time counts.
    void text() {
        if (firstText == null) {
            firstText = nanoTime.getAsLong();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - arrival);
    }

    /// What the last search took.
    Duration lastSearch() {
        return Duration.ofNanos(lastSearch);
    }

    /// What the last generation took.
    Duration lastGeneration() {
        return Duration.ofNanos(end - generationStart);
    }

    /// From the start of the last generation to the first text; null where the first text did not come in it.
    @Nullable
    Duration firstTextOfLastGeneration() {
        return firstText == null || firstText < generationStart ? null : Duration.ofNanos(firstText - generationStart);
    }

    Timings timings() {
        return new Timings(
                millis(searching),
                firstText == null ? null : millis(firstText - arrival),
                millis(end - arrival),
                millis(end - arrival - generating));
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
