package dev.lectern.neon.capacity;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How times were distributed, as a histogram tells it.
///
/// @param parts in ascending order
public record TimeDistribution(List<Part> parts) {

    /// How many took so long.
    public record Part(Duration length, long count) {

        public Part {
            if (length.isNegative() || count < 1) {
                throw new IllegalArgumentException("a part has a length and a count, not " + length + " and " + count);
            }
        }

        double seconds() {
            return length.toNanos() / 1e9;
        }
    }

    /// @throws IllegalArgumentException where nothing was measured
    public TimeDistribution {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a distribution has at least one part");
        }
        parts = parts.stream().sorted(Comparator.comparing(Part::length)).toList();
    }

    /// How many there are in all.
    public long count() {
        return parts.stream().mapToLong(Part::count).sum();
    }

    public Duration mean() {
        return duration(meanSeconds());
    }

    /// The squared coefficient of variation: 0 where all took equally long, 1 where they are exponentially distributed.
    public double variability() {
        double mean = meanSeconds();
        return mean == 0 ? 0 : average(part -> Math.pow(part.seconds() - mean, 2)) / (mean * mean);
    }

    /// The time that so many of a hundred did not exceed, such as 95; of 0 the shortest.
    public Duration percentile(double percent) {
        double rank = percent / 100 * count();
        long passed = 0;
        for (Part part : parts) {
            passed += part.count();
            if (passed >= rank) {
                return part.length();
            }
        }
        return parts.getLast().length();
    }

    double meanSeconds() {
        return average(Part::seconds);
    }

    /// The mean of something over all.
    double average(ToDoubleFunction<Part> what) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.count() * what.applyAsDouble(part);
        }
        return sum / count();
    }

    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
