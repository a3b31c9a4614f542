package dev.lectern.neon.internal;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the tally and the application's listener, whose errors end here.
record SafeListener(Tally tally, NeonListener other) implements NeonListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        tell(listener -> listener.permitAcquired(criticality, waited));
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        tell(listener -> listener.refused(criticality, waited, failure));
    }

    @Override
    public void workStarted(Criticality criticality, int backendPid) {
        tell(listener -> listener.workStarted(criticality, backendPid));
    }

    @Override
    public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
        tell(listener -> listener.heldTooLong(criticality, held, stack));
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        tell(listener -> listener.workFinished(criticality, held, outcome));
    }

    @Override
    public void workDone(Criticality criticality, Duration took) {
        tell(listener -> listener.workDone(criticality, took));
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        tell(listener -> listener.workFailed(criticality, failure, repeated));
    }

    @Override
    public void connectionOpened(Duration took) {
        tell(listener -> listener.connectionOpened(took));
    }

    @Override
    public void connectionFailed(DatabaseFailure failure, Duration took) {
        tell(listener -> listener.connectionFailed(failure, took));
    }

    @Override
    public void connectionClosed(Duration age) {
        tell(listener -> listener.connectionClosed(age));
    }

    @Override
    public void slotsExhausted(List<SlotHolder> holders) {
        LOG.warn("the server has no more connections; they are held by {}", holders);
        tell(listener -> listener.slotsExhausted(holders));
    }

    @Override
    public void databaseAwaited(Criticality criticality, Duration waited) {
        tell(listener -> listener.databaseAwaited(criticality, waited));
    }

    @Override
    public void databaseWoke(Duration took) {
        tell(listener -> listener.databaseWoke(took));
    }

    @Override
    public void stateChanged(DatabaseState before, DatabaseState after) {
        LOG.info(
                "database {} -> {}{}",
                before.status(),
                after.status(),
                after.cause() == null ? "" : ": " + after.cause().message());
        tell(listener -> listener.stateChanged(before, after));
    }

    private void tell(Consumer<NeonListener> event) {
        event.accept(tally);
        try {
            event.accept(other);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }
}
