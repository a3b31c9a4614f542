package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.util.function.Supplier;

/// Tells whether the schema could be brought up to date, which happens when the database is first connected to.
final class MigrationsHealthCheck extends HealthCheck {

    private static final Down FAILED = new Down(Down.Reason.PREPARATION);

    private final Supplier<NeonSnapshot> snapshots;

    MigrationsHealthCheck(Supplier<NeonSnapshot> snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    protected Result check() {
        NeonSnapshot now = snapshots.get();
        if (FAILED.equals(now.state().cause())) {
            return Result.unhealthy(FAILED.message());
        }
        // What the server has is learned with the first connection that is handed over, which is after its preparation.
        return Result.healthy(now.server() == null ? "not looked at yet: no connection was made" : "up to date");
    }
}
