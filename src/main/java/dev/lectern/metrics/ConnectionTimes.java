package dev.lectern.metrics;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The last minute of the connection layer's times. A refusal has waited, too.
final class ConnectionTimes implements NeonListener {

    private static final Duration LENGTH = Duration.ofSeconds(60);

    private final TimeWindow waits;
    private final TimeWindow creations;
    private final TimeWindow uses;

    /// @param age how many nanoseconds ago all began that is measured
    ConnectionTimes(LongSupplier age) {
        waits = window(age);
        creations = window(age);
        uses = window(age);
    }

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        waits.record(waited);
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        waits.record(waited);
    }

    @Override
    public void connectionOpened(Duration took) {
        creations.record(took);
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        uses.record(held);
    }

    TimesReport report() {
        return new TimesReport(
                LENGTH.toSeconds(),
                waits.distribution().report(),
                creations.distribution().report(),
                uses.distribution().report());
    }

    private static TimeWindow window(LongSupplier age) {
        return new TimeWindow(LENGTH, 12, age);
    }
}
