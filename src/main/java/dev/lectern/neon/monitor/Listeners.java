package dev.lectern.neon.monitor;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Duration;
import java.util.List;

/// Several listeners as one.
record Listeners(List<NeonListener> all) implements NeonListener {

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        all.forEach(each -> each.permitAcquired(criticality, waited));
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        all.forEach(each -> each.refused(criticality, waited, failure));
    }

    @Override
    public void workStarted(Criticality criticality, int backendPid) {
        all.forEach(each -> each.workStarted(criticality, backendPid));
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        all.forEach(each -> each.workFinished(criticality, held, outcome));
    }

    @Override
    public void workDone(Criticality criticality, Duration took) {
        all.forEach(each -> each.workDone(criticality, took));
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        all.forEach(each -> each.workFailed(criticality, failure, repeated));
    }

    @Override
    public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
        all.forEach(each -> each.heldTooLong(criticality, held, stack));
    }

    @Override
    public void connectionOpened(Duration took) {
        all.forEach(each -> each.connectionOpened(took));
    }

    @Override
    public void connectionFailed(DatabaseFailure failure, Duration took) {
        all.forEach(each -> each.connectionFailed(failure, took));
    }

    @Override
    public void connectionClosed(Duration age) {
        all.forEach(each -> each.connectionClosed(age));
    }

    @Override
    public void slotsExhausted(List<SlotHolder> holders) {
        all.forEach(each -> each.slotsExhausted(holders));
    }

    @Override
    public void databaseAwaited(Criticality criticality, Duration waited) {
        all.forEach(each -> each.databaseAwaited(criticality, waited));
    }

    @Override
    public void databaseWoke(Duration took) {
        all.forEach(each -> each.databaseWoke(took));
    }

    @Override
    public void stateChanged(DatabaseState before, DatabaseState after) {
        all.forEach(each -> each.stateChanged(before, after));
    }
}
