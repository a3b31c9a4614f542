package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.faults.Sample.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pooler between Lectern and the server has trouble of its own.
@Tag("faults")
class PoolerFaultIT {

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.startPooled();

    @Test
    void a_pooler_that_starts_anew_is_not_noticed() {
        int restarts = 5;
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            for (int i = 0; i < restarts; i++) {
                SERVER.inject(new Fault.CutConnections());
                readers.awaitCalm();
            }
            Samples all = readers.stop().where(sample -> sample.end() - begin >= 0);

            Samples reads = all.where(sample -> sample.kind() == Kind.READ);
            Samples writes = all.where(sample -> sample.kind() == Kind.WRITE);
            FaultReport.row(
                    16,
                    "pooler restarted %d times (EOF on all connections)".formatted(restarts),
                    "transparent to idempotent calls: 0 read errors; ≤ 1 % of writes 503",
                    "%s of %d reads and %s of %d writes served, the slowest in %s"
                            .formatted(
                                    percent(reads.share(Sample::served)),
                                    reads.count(),
                                    percent(writes.share(Sample::served)),
                                    writes.count(),
                                    ms(all.percentile(1))),
                    getClass());
            assertThat(reads.share(Sample::served)).isEqualTo(1);
            assertThat(writes.share(Sample::served)).isGreaterThanOrEqualTo(0.99);
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_pooler_without_connections_for_us_is_spared() {
        Duration lasts = Duration.ofSeconds(4);
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();
            SERVER.gateway().resetCounts();

            long begin = System.nanoTime();
            SERVER.inject(new Fault.QueueTimeout(null));
            readers.await(1, sample -> sample.refused() && sample.end() - begin > lasts.toNanos());
            long attempts = SERVER.gateway().counts().connections();
            long end = System.nanoTime();
            SERVER.gateway().faults().clear();
            readers.awaitCalm();
            Samples all = readers.stop();

            Samples refusals = all.since(begin).where(Sample::refused);
            Duration recovered = all.firstAfter(end, Sample::served).orElseThrow();
            FaultReport.row(
                    17,
                    "pooler's queue times out (08P01) for 4 s",
                    "shed load; no storm",
                    "%d requests refused, p99 %s; %d connection attempts; recovered in %s"
                            .formatted(refusals.count(), ms(refusals.percentile(0.99)), attempts, ms(recovered)),
                    getClass());
            assertThat(all.where(Sample::failed).count()).isZero();
            assertThat(attempts).isLessThanOrEqualTo(40);
            assertThat(recovered).isLessThanOrEqualTo(Duration.ofSeconds(2));
            SERVER.assertNothingLostOrLeft(readers);
        }
    }
}
