package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.WorkAccount;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what happens, and adds to the account of the request that the work is for.
final class Tally implements NeonListener {

    private final LongAdder finished = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder attemptsFailed = new LongAdder();
    private final LongAdder closed = new LongAdder();

    NeonSnapshot.Totals totals() {
        return new NeonSnapshot.Totals(
                finished.sum(),
                refused.sum(),
                failed.sum(),
                repeated.sum(),
                opened.sum(),
                attemptsFailed.sum(),
                closed.sum());
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        refused.increment();
        failed(failure);
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        finished.increment();
        @Nullable WorkAccount account = WorkAccount.current();
        if (account != null) {
            account.addHeld(held);
        }
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean again) {
        failed.increment();
        failed(failure);
        if (again) {
            repeated.increment();
        }
    }

    @Override
    public void connectionOpened(Duration took) {
        opened.increment();
    }

    @Override
    public void connectionFailed(DatabaseFailure failure, Duration took) {
        attemptsFailed.increment();
    }

    @Override
    public void connectionClosed(Duration age) {
        closed.increment();
    }

    private static void failed(DatabaseFailure failure) {
        @Nullable WorkAccount account = WorkAccount.current();
        if (account != null) {
            account.failed(failure);
        }
    }
}
