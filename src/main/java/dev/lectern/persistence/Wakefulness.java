package dev.lectern.persistence;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.time.InstantSource;

/// For work that must not keep the database awake: whether others have just used it, so that it is awake
/// anyway.
///
/// Each use by others is good for one piece of such work, and for a moment only. So this work keeps the
/// database awake for that moment longer at most, and where only this work is left it ends by itself.
public final class Wakefulness implements NeonListener {

    /// Bound while the running thread does such work, so that it is not taken for others'.
    private static final ScopedValue<Boolean> BORROWED = ScopedValue.newInstance();

    private final long momentMillis;
    private final InstantSource clock;
    private volatile boolean used;
    private volatile long usedAt;

    /// @param moment for how long after others' use the database counts as awake
    public Wakefulness(Duration moment, InstantSource clock) {
        this.momentMillis = moment.toMillis();
        this.clock = clock;
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        if (!BORROWED.isBound()) {
            usedAt = clock.millis();
            used = true;
        }
    }

    /// Whether others have used the database a moment ago, and no such work since.
    public boolean isThere() {
        return used && Math.abs(clock.millis() - usedAt) <= momentMillis;
    }

    /// Does work that counts as nobody's use. The next needs another use by others.
    public void borrow(Runnable work) {
        used = false;
        ScopedValue.where(BORROWED, true).run(work);
    }
}
