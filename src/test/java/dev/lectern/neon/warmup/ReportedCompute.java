package dev.lectern.neon.warmup;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.warmup.ComputeReport.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A compute that readers and touches keep awake, on a clock that goes only when it is moved, and what Neon says of it.
record ReportedCompute(WarmupMonitor monitor, AtomicReference<Instant> clock) {

    static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    static ReportedCompute of(Warmup warmup) {
        AtomicReference<Instant> clock = new AtomicReference<>(START);
        return new ReportedCompute(new WarmupMonitor(warmup, ZoneOffset.UTC, clock::get), clock);
    }

    /// What so long takes at 0.25 CU.
    static double cuHours(long seconds) {
        return 0.25 * seconds / 3600;
    }

    Instant now() {
        return clock.get();
    }

    void pass(long seconds) {
        clock.updateAndGet(time -> time.plusSeconds(seconds));
    }

    void reader() {
        monitor.permitAcquired(Criticality.INTERACTIVE_READ, Duration.ZERO);
        monitor.workFinished(Criticality.INTERACTIVE_READ, Duration.ZERO, Permit.Outcome.SUCCESS);
    }

    void touch() {
        monitor.touching();
        monitor.touched(true);
    }

    /// The history as it would be kept.
    ArrivalHistory kept() {
        return ArrivalHistory.of(monitor.takeUnsaved().history());
    }

    /// A report of this moment.
    Said report(State state) {
        return new Said(now(), state, null, null, null, null, false);
    }

    /// A report in the making.
    record Said(
            Instant at,
            State state,
            @Nullable Duration suspend,
            @Nullable Double cu,
            @Nullable Instant lastActive,
            @Nullable Instant suspendedAt,
            boolean isDisabled) {

        Said suspend(int seconds) {
            return new Said(at, state, Duration.ofSeconds(seconds), cu, lastActive, suspendedAt, isDisabled);
        }

        Said cu(double size) {
            return new Said(at, state, suspend, size, lastActive, suspendedAt, isDisabled);
        }

        Said lastActive(Instant time) {
            return new Said(at, state, suspend, cu, time, suspendedAt, isDisabled);
        }

        Said suspendedAt(Instant time) {
            return new Said(at, state, suspend, cu, lastActive, time, isDisabled);
        }

        Said disabled() {
            return new Said(at, state, suspend, cu, lastActive, suspendedAt, true);
        }

        ComputeReport made() {
            return new ComputeReport(
                    at,
                    state,
                    Optional.ofNullable(suspend),
                    cu == null ? OptionalDouble.empty() : OptionalDouble.of(cu),
                    Optional.ofNullable(lastActive),
                    Optional.ofNullable(suspendedAt),
                    isDisabled);
        }
    }
}
