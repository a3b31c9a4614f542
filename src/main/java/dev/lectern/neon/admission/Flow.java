package dev.lectern.neon.admission;

import java.util.concurrent.TimeUnit;

/// The time of a [PermitQueue]. It never goes back, what is remembered fades with it, and its flow stops while the
/// database does: of a pause in which no permit came back, only the beginning counts as a wait.
final class Flow {

    private static final double RECENT = TimeUnit.MILLISECONDS.toNanos(200);
    private static final double LONGER = TimeUnit.SECONDS.toNanos(1);

    private final Lanes lanes;
    private long last;
    private long lastPaused;
    private long flow;

    Flow(Lanes lanes, long now) {
        this.lanes = lanes;
        this.last = now;
        this.lastPaused = now;
    }

    /// Time goes on; what is remembered fades.
    ///
    /// @return the time now
    long pass(long time) {
        long passed = time - last;
        if (passed <= 0) {
            return last;
        }
        last = time;
        double recent = left(passed / RECENT);
        double longer = left(passed / LONGER);
        for (Lane lane : lanes.all()) {
            lane.passes(recent, longer);
        }
        return time;
    }

    /// A permit came back. Where none did for long, the database paused, and nobody's wait counts.
    ///
    /// @return whether this ends a pause
    boolean returned(long now) {
        long passed = lanes.flows(now);
        long most = Math.max(Standing.INTERVAL, (long) (4 * lanes.recentHold()));
        flow += Math.min(passed, most);
        if (passed <= most) {
            return false;
        }
        lastPaused = now;
        for (Lane lane : lanes.all()) {
            lane.standing().paused(flow);
            lane.resumes(now);
        }
        return true;
    }

    /// How much time has passed in which the database served.
    long now() {
        return flow;
    }

    /// Whether something has been out since the last pause, or for less.
    boolean unpaused(long since) {
        return since - lastPaused >= 0;
    }

    /// About `exp(-x)`, and alike on every processor, so that simulations are.
    private static double left(double x) {
        return 1 / (1 + x + x * x / 2);
    }
}
