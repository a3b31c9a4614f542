package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// What arrivals of the past would have met under each of several policies: one pass over them, all policies in step.
///
/// A compute is awake from the moment of a request or of a touch until the suspend timeout after the last of them; the
/// wake itself counts as awake. Every policy sees only what came before the moment at which it decides.
///
/// @param zone whose hours of the week the history learns
/// @param wake how long a cold request waits
public record Replay(ZoneId zone, Duration wake) {

    /// A policy on its terms, and what to call it.
    public record Candidate(String name, Warmup warmup) {}

    /// Replays.
    ///
    /// @param arrivals in milliseconds of the epoch, ascending
    /// @param judgedFrom what came before is learned from, and not counted
    /// @param progress is told the percentage that is done
    /// @throws IllegalArgumentException if there are no arrivals, or they are out of order, or the candidates have
    ///     several suspend timeouts
    public List<Outcome> run(long[] arrivals, Instant judgedFrom, List<Candidate> candidates, IntConsumer progress) {
        if (arrivals.length == 0) {
            throw new IllegalArgumentException("there are no arrivals");
        }
        List<Duration> suspends = candidates.stream()
                .map(candidate -> candidate.warmup().terms().suspend())
                .distinct()
                .toList();
        if (suspends.size() != 1) {
            throw new IllegalArgumentException("candidates must have one suspend timeout");
        }
        long from = Math.max(judgedFrom.toEpochMilli(), arrivals[0]);
        long end = arrivals[arrivals.length - 1];
        ArrivalHistory history = new ArrivalHistory(zone, suspends.getFirst());
        List<ReplayedCompute> computes = new ArrayList<>();
        for (Candidate candidate : candidates) {
            computes.add(new ReplayedCompute(candidate, wake, arrivals[0], from, end));
        }
        long before = arrivals[0];
        long off = 0;
        for (int i = 0; i < arrivals.length; i++) {
            long at = arrivals[i];
            if (at < before) {
                throw new IllegalArgumentException("arrivals are out of order");
            }
            for (ReplayedCompute compute : computes) {
                compute.arrived(at, history);
            }
            history.arrived(at);
            off += Math.max(0, Math.min(at, before + suspends.getFirst().toMillis()) - Math.max(before, from));
            before = at;
            if (i % Math.max(1, arrivals.length / 100) == 0) {
                progress.accept((int) (100L * i / arrivals.length));
            }
        }
        progress.accept(100);
        Duration withoutWarmup = Duration.ofMillis(off);
        return computes.stream().map(compute -> compute.outcome(withoutWarmup)).toList();
    }

    /// The moment at which a share of the arrivals' time is over.
    public static Instant at(double share, long... arrivals) {
        long first = Arrays.stream(arrivals).min().orElseThrow();
        long last = Arrays.stream(arrivals).max().orElseThrow();
        return Instant.ofEpochMilli(first + Math.round(share * (last - first)));
    }
}
