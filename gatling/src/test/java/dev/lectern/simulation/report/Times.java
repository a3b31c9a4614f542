package dev.lectern.simulation.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToIntFunction;

/// Durations in milliseconds, sorted.
record Times(int... sorted) {

    static Times of(Collection<Request> requests) {
        return of(requests, Request::millis);
    }

    static Times of(Collection<Request> requests, ToIntFunction<Request> time) {
        return new Times(requests.stream().mapToInt(time).sorted().toArray());
    }

    int count() {
        return sorted.length;
    }

    /// By nearest rank: a time that was measured, and never one in between. 0 where there are none.
    int percentile(double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    int longest() {
        return percentile(1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Times times && Arrays.equals(sorted, times.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
