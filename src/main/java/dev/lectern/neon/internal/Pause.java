package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// An operator's pause, in which the database is not used. It ends by itself: nothing waits for its end, whoever comes
/// looks whether it has passed.
final class Pause {

    static final Down PAUSED = new Down(Down.Reason.PAUSED);

    private final InstantSource clock;
    private volatile @Nullable End end;

    /// @param nanos on the monotonic clock, which decides
    /// @param at by the clock of the states, to be shown
    private record End(long nanos, Instant at) {

        long left() {
            return nanos - System.nanoTime();
        }
    }

    Pause(InstantSource clock) {
        this.clock = clock;
    }

    /// Begins one, or changes the end of the present one.
    void begin(Duration atMost) {
        if (!atMost.isPositive()) {
            throw new IllegalArgumentException("a pause must last for some time");
        }
        end = new End(System.nanoTime() + atMost.toNanos(), clock.instant().plus(atMost));
    }

    /// Ends the present one, if there is one.
    void end() {
        end = null;
    }

    boolean isOn() {
        End set = end;
        return set != null && set.left() > 0;
    }

    /// When it ends by itself; null where there is none.
    @Nullable
    Instant until() {
        End set = end;
        return set != null && set.left() > 0 ? set.at() : null;
    }

    /// Refuses work.
    ///
    /// @throws DatabaseUnavailableException where there is one, with what is left of it
    void refuse() {
        End set = end;
        long left = set == null ? 0 : set.left();
        if (left > 0) {
            throw new DatabaseUnavailableException(PAUSED, Duration.ofNanos(left), null);
        }
    }
}
