package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;

/// Until when a compute is awake, and whose time that is: the readers', or that of warm-up, which pays for it.
///
/// Not thread-safe. Times are milliseconds of the epoch.
final class Warmth {

    private final WarmupTerms terms;
    private final long suspend;
    private final Spending spending;
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

    /// What warm-up has added in the month.
    Spending spending() {
        return spending;
    }

    /// A reader's request: what it would have kept awake anyway is given back.
    void used(long at) {
        if (awakeUntil > Math.max(at, warmFrom)) {
            spend(at, -(awakeUntil - Math.max(at, warmFrom)));
        }
        warmFrom = Long.MAX_VALUE;
        awakeUntil = at + suspend;
    }

    /// A touch of warm-up's.
    void touched(long at) {
        spend(at, at + suspend - Math.max(at, awakeUntil));
        warmFrom = asleep(at) ? at : Math.min(warmFrom, awakeUntil);
        awakeUntil = at + suspend;
    }

    /// The compute was seen to be away.
    void away(long at) {
        awakeUntil = Math.min(awakeUntil, at);
    }

    private void spend(long at, long millis) {
        spending.add(Instant.ofEpochMilli(at), terms.cuHours(Duration.ofMillis(millis)));
    }
}
