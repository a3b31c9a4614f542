package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;

/// Until when a compute is awake, and whose time that is: the readers', or that of warm-up, which pays for it.
///
/// Not thread-safe. Times are milliseconds of the epoch.
final class Warmth {

    private final Spending spending;
    private WarmupTerms terms;
    private long suspend;

    /// When there was work last.
    private long worked = Long.MIN_VALUE;

    private long awakeUntil;

    /// From when on the time awake is warm-up's; after that of the reader who came last.
    private long warmFrom = Long.MAX_VALUE;

    /// A compute that is asleep from a moment on.
    Warmth(WarmupTerms terms, long awakeUntil) {
        this.terms = terms;
        this.suspend = terms.suspend().toMillis();
        this.spending = new Spending(Instant.ofEpochMilli(awakeUntil));
        this.awakeUntil = awakeUntil;
    }

    boolean asleep(long at) {
        return at >= awakeUntil;
    }

    /// Whether the compute is awake at a moment, and only because of warm-up.
    boolean keptWarm(long at) {
        return at < awakeUntil && at >= warmFrom;
    }

    long awakeUntil() {
        return awakeUntil;
    }

    /// When there was work last; [Long#MIN_VALUE] before the first.
    long worked() {
        return worked;
    }

    /// What warm-up has added in the month.
    Spending spending() {
        return spending;
    }

    /// A reader's request: what it would have kept awake anyway is given back.
    void used(long at) {
        giveBackAfter(at, at);
        warmFrom = Long.MAX_VALUE;
        stayAwake(at);
    }

    /// A touch of warm-up's.
    void touched(long at) {
        spend(at, at + suspend - Math.max(at, awakeUntil));
        warmFrom = asleep(at) ? at : Math.min(warmFrom, awakeUntil);
        stayAwake(at);
    }

    /// The compute was seen to be away.
    void away(long at) {
        awakeUntil = Math.min(awakeUntil, at);
    }

    /// The compute is known to have slept since a moment: what was booked for the time after it is given back.
    void slept(long since, long knownAt) {
        giveBackAfter(since, knownAt);
        away(since);
    }

    /// The terms turn out to be others: what was booked for the time after the last work is corrected.
    void goBy(WarmupTerms others, long at) {
        boolean sinceWork = awakeUntil == worked + suspend;
        terms = others;
        suspend = others.suspend().toMillis();
        if (sinceWork) {
            long until = worked + suspend;
            if (warmFrom != Long.MAX_VALUE) {
                spend(at, Math.max(until, warmFrom) - Math.max(awakeUntil, warmFrom));
            }
            awakeUntil = until;
        }
    }

    private void stayAwake(long at) {
        worked = at;
        awakeUntil = at + suspend;
    }

    private void giveBackAfter(long moment, long at) {
        long from = Math.max(moment, warmFrom);
        if (awakeUntil > from) {
            spend(at, from - awakeUntil);
        }
    }

    private void spend(long at, long millis) {
        spending.add(Instant.ofEpochMilli(at), terms.cuHours(Duration.ofMillis(millis)));
    }
}
