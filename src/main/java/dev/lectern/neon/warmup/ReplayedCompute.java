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
    private final Spending spending;

    private long awakeUntil;
    private long readyAt = Long.MIN_VALUE;
    /// From when on the time awake is warm-up's; after that of the reader who came last.
    private long warmFrom = Long.MAX_VALUE;
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
        this.spending = new Spending(Instant.ofEpochMilli(start));
        this.awakeUntil = start;
        this.decidedAt = start;
    }

    /// A request, before which the policy did what it wanted.
    void arrived(long at, ArrivalHistory history) {
        if (at > awakeUntil - margin) {
            warmUntil(at, history);
        }
        boolean asleep = at >= awakeUntil;
        if (asleep) {
            readyAt = at + wake;
        }
        if (at >= from) {
            requests++;
            cold += asleep ? 1 : 0;
            waits[(int) Math.max(0, readyAt - at)]++;
        }
        Instant now = Instant.ofEpochMilli(at);
        if (awakeUntil > Math.max(at, warmFrom)) {
            spend(now, -(awakeUntil - Math.max(at, warmFrom)));
        }
        warmFrom = Long.MAX_VALUE;
        stayAwake(at);
        decidedAt = at;
    }

    private void warmUntil(long arrival, ArrivalHistory history) {
        while (true) {
            Instant now = Instant.ofEpochMilli(decidedAt);
            Plan plan = candidate.warmup().next(history, Instant.ofEpochMilli(awakeUntil), now, spending);
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
        Instant now = Instant.ofEpochMilli(at);
        spend(now, at + suspend - Math.max(at, awakeUntil));
        if (at >= awakeUntil) {
            readyAt = at + wake;
            warmFrom = at;
        } else {
            warmFrom = Math.min(warmFrom, awakeUntil);
        }
        touches += at >= from ? 1 : 0;
        stayAwake(at);
        Instant month = spending.nextMonth(now);
        if (candidate.warmup().isSpent(spending, now) && month.isAfter(spentUntil)) {
            spentUntil = month;
            monthsSpent++;
        }
    }

    private void spend(Instant now, long millis) {
        spending.add(now, candidate.warmup().terms().cuHours(Duration.ofMillis(millis)));
        mostInAMonth = Math.max(mostInAMonth, spending.spent(now));
    }

    private void stayAwake(long at) {
        long begin = Math.max(Math.max(at, awakeUntil), from);
        awake += Math.max(0, Math.min(at + suspend, end) - begin);
        awakeUntil = at + suspend;
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
