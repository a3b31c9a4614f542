package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The state of the database as others see it, and the news of its changes.
final class StateReport {

    private final NeonSettings settings;
    private final InstantSource clock;
    private final NeonListener listener;
    private final Pause pause;
    private final Growth growth;
    private final Activity activity;
    private volatile DatabaseState last;

    StateReport(
            NeonSettings settings,
            InstantSource clock,
            NeonListener listener,
            Pause pause,
            Growth growth,
            Activity activity) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.pause = pause;
        this.growth = growth;
        this.activity = activity;
        this.last = state(Status.ASLEEP, null);
    }

    /// The state when it was last looked at.
    DatabaseState last() {
        return last;
    }

    /// Looks at the state. One at a time.
    ///
    /// @param outage the present one, if any
    /// @return tells the listener where the state is another now, which is not done under a lock
    Runnable look(boolean open, @Nullable Outage outage) {
        DatabaseState before = last;
        DatabaseState after = current(open, outage);
        if (after.isLike(before)) {
            return () -> {};
        }
        last = after;
        return () -> listener.stateChanged(before, after);
    }

    private DatabaseState current(boolean open, @Nullable Outage outage) {
        if (pause.isOn()) {
            return state(Status.DOWN, Pause.PAUSED);
        }
        boolean away = outage == null ? !open : !outage.routine();
        if (outage != null && away) {
            return state(outage.status(System.nanoTime(), settings.patience()), outage.told());
        }
        if (away || activity.outlasted(settings.suspendTimeout())) {
            return state(Status.ASLEEP, null);
        }
        return growth.full()
                .map(full -> state(Status.SATURATED, full))
                .or(() -> activity.readOnly().map(refused -> state(Status.READ_ONLY, refused)))
                .orElseGet(() -> state(Status.READY, null));
    }

    private DatabaseState state(Status status, @Nullable DatabaseFailure cause) {
        return new DatabaseState(status, cause, clock.instant());
    }
}
