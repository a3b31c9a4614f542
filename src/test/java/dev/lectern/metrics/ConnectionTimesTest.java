package dev.lectern.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {

    private static final Criticality READ = Criticality.INTERACTIVE_READ;

    private final SteppedTicker ticker = new SteppedTicker();
    private final ConnectionTimes times = new ConnectionTimes(ticker);

    @Test
    void each_time_falls_into_the_bucket_that_just_holds_it() {
        times.permitAcquired(READ, Duration.ofMillis(1));
        times.permitAcquired(READ, Duration.ofMillis(2));
        times.refused(READ, Duration.ofSeconds(30), new TimedOut(TimedOut.Reason.NO_ANSWER));

        TimeReport wait = times.report().waits();
        assertThat(wait.count()).isEqualTo(3);
        assertThat(wait.maximum()).isCloseTo(30_000, within(300.0));
        assertThat(wait.buckets())
                .filteredOn(bucket -> bucket.count() > 0)
                .containsExactly(
                        new TimeReport.Bucket(1.0, 1), new TimeReport.Bucket(2.5, 1), new TimeReport.Bucket(null, 1));
    }

    @Test
    void nothing_is_said_of_what_did_not_happen_lately() {
        times.workFinished(READ, Duration.ofMillis(3), Permit.Outcome.SUCCESS);
        times.connectionOpened(Duration.ofMillis(20));
        assertThat(times.report().uses().p50()).isCloseTo(3, within(0.03));
        assertThat(times.report().creations().p99()).isCloseTo(20, within(0.2));

        ticker.step(Duration.ofSeconds(61));

        TimeReport use = times.report().uses();
        assertThat(use.count()).isZero();
        assertThat(use.p50()).isNull();
        assertThat(use.maximum()).isNull();
        assertThat(use.buckets())
                .allSatisfy(bucket -> assertThat(bucket.count()).isZero());
    }
}
