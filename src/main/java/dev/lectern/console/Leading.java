package dev.lectern.console;

import dev.lectern.neon.failure.DatabaseFailure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The failure that most have met of late: of the last five to ten seconds, where time goes on every five.
final class Leading {

    private volatile Map<DatabaseFailure, LongAdder> now = new ConcurrentHashMap<>();
    private volatile Map<DatabaseFailure, LongAdder> before = Map.of();

    void count(DatabaseFailure failure) {
        now.computeIfAbsent(failure, _ -> new LongAdder()).increment();
    }

    /// Time goes on.
    void next() {
        before = now;
        now = new ConcurrentHashMap<>();
    }

    /// Null where nobody met any.
    @Nullable
    DatabaseFailure most() {
        Map<DatabaseFailure, Long> counts = new HashMap<>();
        before.forEach((failure, count) -> counts.merge(failure, count.sum(), Long::sum));
        now.forEach((failure, count) -> counts.merge(failure, count.sum(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
