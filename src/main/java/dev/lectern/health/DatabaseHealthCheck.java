package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.util.function.Supplier;

/// Tells the state that the connection layer has seen. Asks nothing: a query would wake a sleeping Neon.
final class DatabaseHealthCheck extends HealthCheck {

    private final Supplier<NeonSnapshot> snapshots;

    DatabaseHealthCheck(Supplier<NeonSnapshot> snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    protected Result check() {
        DatabaseState state = snapshots.get().state();
        String cause = state.cause() == null ? "" : ": " + state.cause().message();
        String message = state.status() + cause;
        return state.status() == Status.READY || state.status() == Status.ASLEEP
                ? Result.healthy(message)
                : Result.unhealthy(message);
    }
}
