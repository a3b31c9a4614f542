package dev.lectern.neon.admission;

import java.util.concurrent.TimeUnit;

/// How many permits may be out now: the maximum, and less while fewer serve as much.
///
/// While holds take long or are dropped, and the permits are what work waits for, it tries fewer permits. Where as
/// much was served with fewer, the database was queueing inside, and the limit stays down and goes further; where
/// less was served, the time is spent elsewhere (the network, one slow kind of query, a lock), and the limit goes
/// back. So it cannot collapse because something is slow; it never passes the maximum; and what holds usually take
/// is learned only while permits lie ready (see [HoldTime]).
final class AdaptiveLimit {

    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_WINDOW = TimeUnit.SECONDS.toNanos(1);
    private static final long REST = TimeUnit.SECONDS.toNanos(2);
    private static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(5);

    private static final int SAMPLES = 20;

    /// Slower than this many times the usual is slow; Netflix's Gradient2Limit tolerates 1.5.
    private static final double SLOW = 2;

    private static final double DROPPED = 0.1;
    private static final double DOWN = 0.8;
    private static final double UP = 1.25;

    /// Serving a tenth less than before is within what chance does to a window.
    private static final double AS_MUCH = 0.9;

    private static final double MORE = 1.05;

    private int maximum;
    private double limit;

    private long start;
    private int samples;
    private int succeeded;
    private int dropped;
    private int wanted;
    private double ratios;

    private boolean trying;
    private boolean upwards;
    private double triedFrom;
    private double servedThere;
    private long restsUntil;

    AdaptiveLimit(int maximum, long now) {
        this.maximum = maximum;
        this.limit = maximum;
        this.start = now;
        this.restsUntil = now;
    }

    int limit() {
        return Math.max(1, (int) Math.round(limit));
    }

    int maximum() {
        return maximum;
    }

    /// The least that it goes down to.
    int floor() {
        return (maximum + 7) / 8;
    }

    void resize(int most, long now) {
        limit = limit() == maximum ? most : Math.clamp(limit, Math.min(most, (most + 7) / 8), most);
        maximum = most;
        trying = false;
        begin(now);
    }

    /// A permit came back.
    ///
    /// @param ratio how many times the usual it was out
    /// @param bottleneck whether others waited for it
    void released(long now, double ratio, Permit.Outcome outcome, boolean bottleneck) {
        samples++;
        ratios += ratio;
        succeeded += outcome == Permit.Outcome.SUCCESS ? 1 : 0;
        dropped += outcome == Permit.Outcome.DROPPED ? 1 : 0;
        wanted += bottleneck ? 1 : 0;
        long lasted = now - start;
        if (lasted >= LONGEST_WINDOW || (lasted >= WINDOW && samples >= Math.max(SAMPLES, 2 * limit()))) {
            conclude(now, succeeded / (double) lasted);
            begin(now);
        }
    }

    /// Where nothing came back for long, what was learned is of another time.
    void look(long now) {
        if (now - start > FORGOTTEN) {
            limit = maximum;
            trying = false;
            begin(now);
        }
    }

    private void conclude(long now, double served) {
        boolean slow = ratios > SLOW * samples || dropped > DROPPED * samples;
        if (!slow) {
            trying = false;
            upwards = false;
            limit = Math.min(maximum, limit + Math.max(1, maximum / 10.0));
        } else if (2 * wanted < samples) {
            trying = false;
        } else {
            judge(now, served);
            attempt(now, served);
        }
    }

    private void judge(long now, double served) {
        if (trying && served < servedThere * (upwards ? MORE : AS_MUCH)) {
            limit = triedFrom;
            trying = false;
            upwards = !upwards;
            restsUntil = now + REST;
        }
    }

    private void attempt(long now, double served) {
        if (now - restsUntil < 0) {
            return;
        }
        double next = upwards ? Math.min(maximum, limit * UP) : Math.max(floor(), limit * DOWN);
        if (next == limit) {
            trying = false;
            upwards = !upwards;
            restsUntil = now + REST;
            return;
        }
        if (!trying || upwards) {
            // Downwards the comparison stays with where the descent began: many small losses would be a large one.
            triedFrom = limit;
            servedThere = served;
        }
        trying = true;
        limit = next;
    }

    private void begin(long now) {
        start = now;
        samples = 0;
        succeeded = 0;
        dropped = 0;
        wanted = 0;
        ratios = 0;
    }
}
