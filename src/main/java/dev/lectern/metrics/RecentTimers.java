package dev.lectern.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;

/// Dropwizard's registry with timers that tell of the latest thousand of what they timed, which is kept in an array.
///
/// By default it would be kept in a tree, each for minutes: what gives way is old then, so that the old generation
/// fills with it, and is collected with the whole heap only (docs/performance.md).
public final class RecentTimers extends MetricRegistry {

    /// As many as there would be by default.
    private static final int KEPT = 1028;

    @Override
    public Timer timer(String name) {
        return timer(name, () -> new Timer(new LatestTimes(KEPT)));
    }
}
