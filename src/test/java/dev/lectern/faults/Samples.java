package dev.lectern.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Requests, as the readers noted them.
record Samples(List<Sample> all) {

    Samples where(Predicate<Sample> condition) {
        return new Samples(all.stream().filter(condition).toList());
    }

    /// Those that began from a moment on.
    Samples since(long start) {
        return where(sample -> sample.start() - start >= 0);
    }

    /// Those that began before a moment.
    Samples until(long end) {
        return where(sample -> sample.start() - end < 0);
    }

    long count() {
        return all.size();
    }

    /// The share for which something holds, from 0 to 1; 1 of nothing.
    double share(Predicate<Sample> condition) {
        return all.isEmpty() ? 1 : (double) all.stream().filter(condition).count() / all.size();
    }

    /// The time that a share of the requests stayed within; zero of nothing.
    Duration percentile(double share) {
        List<Duration> sorted = all.stream().map(Sample::took).sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get(Math.clamp((long) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /// How long after a moment the first answer of a kind came; empty where none did.
    Optional<Duration> firstAfter(long moment, Predicate<Sample> condition) {
        return all.stream()
                .filter(condition)
                .filter(sample -> sample.end() - moment >= 0)
                .map(sample -> Duration.ofNanos(sample.end() - moment))
                .min(Duration::compareTo);
    }
}
