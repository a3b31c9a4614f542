package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;

/// The compute of one candidate in a replay: awake or asleep, and its bill.
final class ReplayedCompute {

    private final Replay.Candidate candidate;
    private final long suspend;
    private final long margin;
    private final long wake;
    private final long from;
    private final long end;
    private final int[] waits;
    private final Warmth warmth;

    private long readyAt = Long.MIN_VALUE;
    private long decidedAt;
    private long awake;
    private long requests;
    private long cold;
    private long touches;
    private int monthsSpent;
    private Instant spentUntil = Instant.MIN;
    private double mostInAMonth;

    ReplayedCompute(Replay.Candidate candidate, Duration wake, long start, long from, long end) {
        this.candidate = candidate;
        WarmupTerms terms = candidate.warmup().terms();
        this.suspend = terms.suspend().toMillis();
        this.margin = terms.margin().toMillis();
        this.wake = wake.toMillis();
        this.from = from;
        this.end = end;
        this.waits = new int[(int) this.wake + 1];
        this.warmth = new Warmth(terms, start);
        this.decidedAt = start;
    }

    /// A request, before which the policy did what it wanted.
    void arrived(long at, ArrivalHistory history) {
        if (at > warmth.awakeUntil() - margin) {
            warmUntil(at, history);
        }
        boolean asleep = warmth.asleep(at);
        if (asleep) {
            readyAt = at + wake;
        }
        if (at >= from) {
            requests++;
            cold += asleep ? 1 : 0;
            waits[(int) Math.max(0, readyAt - at)]++;
        }
        stayAwake(at);
        warmth.used(at);
        noteSpending(at);
        decidedAt = at;
    }

    private void warmUntil(long arrival, ArrivalHistory history) {
        while (true) {
            Instant now = Instant.ofEpochMilli(decidedAt);
            Plan plan =
                    candidate.warmup().next(history, Instant.ofEpochMilli(warmth.awakeUntil()), now, warmth.spending());
            if (plan.at().equals(Instant.MAX) || plan.at().toEpochMilli() >= arrival) {
                return;
            }
            decidedAt = plan.at().toEpochMilli();
            if (plan.touch()) {
                touch(decidedAt);
            }
        }
    }

    private void touch(long at) {
        if (warmth.asleep(at)) {
            readyAt = at + wake;
        }
        touches += at >= from ? 1 : 0;
        stayAwake(at);
        warmth.touched(at);
        noteSpending(at);
        Instant now = Instant.ofEpochMilli(at);
        Instant month = warmth.spending().nextMonth(now);
        if (at >= from && candidate.warmup().isSpent(warmth.spending(), now) && month.isAfter(spentUntil)) {
            spentUntil = month;
            monthsSpent++;
        }
    }

    private void noteSpending(long at) {
        mostInAMonth = Math.max(mostInAMonth, warmth.spending().spent(Instant.ofEpochMilli(at)));
    }

    /// Counts the time that is added to the time awake from a moment on.
    private void stayAwake(long at) {
        long begin = Math.max(Math.max(at, warmth.awakeUntil()), from);
        awake += Math.max(0, Math.min(at + suspend, end) - begin);
    }

    Outcome outcome(Duration withoutWarmup) {
        WarmupTerms terms = candidate.warmup().terms();
        double cuHours = terms.cuHours(Duration.ofMillis(awake));
        return new Outcome(
                candidate.name(),
                requests,
                cold,
                wait(0.5),
                wait(0.95),
                cuHours,
                cuHours - terms.cuHours(withoutWarmup),
                cuHours * terms.price(),
                touches,
                monthsSpent,
                mostInAMonth);
    }

    private Duration wait(double share) {
        long rank = (long) Math.ceil(share * requests);
        long sum = 0;
        for (int millis = 0; millis < waits.length; millis++) {
            sum += waits[millis];
            if (sum >= rank) {
                return Duration.ofMillis(millis);
            }
        }
        return Duration.ZERO;
    }
}
