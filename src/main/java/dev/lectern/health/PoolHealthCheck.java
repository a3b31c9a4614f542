package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells whether the pool is the bottleneck: work waits, each time that this looks, while all connections are in use;
/// or a connection is held for too long.
final class PoolHealthCheck extends HealthCheck {

    /// A burst is no news; work that waits for longer than this has lost its reader.
    static final Duration TOLERATED = Duration.ofSeconds(5);

    private final Supplier<NeonSnapshot> snapshots;
    private final Supplier<List<HeldConnection>> holders;
    private final InstantSource clock;
    private @Nullable Instant crowdedSince;

    PoolHealthCheck(Supplier<NeonSnapshot> snapshots, Supplier<List<HeldConnection>> holders, InstantSource clock) {
        this.snapshots = snapshots;
        this.holders = holders;
        this.clock = clock;
    }

    @Override
    protected synchronized Result check() {
        NeonSnapshot now = snapshots.get();
        String levels = "%d of %d connections in use, %d waiting".formatted(now.active(), now.maximum(), now.waiting());
        List<HeldConnection> tooLong =
                holders.get().stream().filter(HeldConnection::tooLong).toList();
        Duration crowded = crowded(now);
        if (!tooLong.isEmpty()) {
            HeldConnection oldest = tooLong.getFirst();
            return Result.unhealthy(
                    "%s; held too long: %d, the oldest for %d s by %s",
                    levels,
                    tooLong.size(),
                    oldest.age().toSeconds(),
                    Objects.requireNonNullElse(
                            oldest.route(), oldest.criticality().name()));
        }
        return crowded.compareTo(TOLERATED) > 0
                ? Result.unhealthy("%s, for %d s", levels, crowded.toSeconds())
                : Result.healthy(levels);
    }

    private Duration crowded(NeonSnapshot now) {
        if (now.waiting() == 0 || now.active() < now.maximum()) {
            crowdedSince = null;
            return Duration.ZERO;
        }
        Instant since = Objects.requireNonNullElseGet(crowdedSince, clock::instant);
        crowdedSince = since;
        return Duration.between(since, clock.instant());
    }
}
