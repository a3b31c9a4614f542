package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.faults.Sample.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server is there, and does not do what it should.
@Tag("faults")
class ServerFaultIT {

    /// What two busy processors add to an answer now and then, with nothing wrong.
    private static final Duration NOISE = Duration.ofMillis(25);

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.start(Duration.ofMillis(300));

    @Test
    void it_goes_on_with_what_it_holds_when_another_program_takes_the_rest() {
        try (FaultyServer idle = FaultyServer.start(Duration.ofMillis(300))) {
            long held = idle.gauge("neon.pool.idle");
            idle.inject(new Fault.SlotsTaken(1_000));
            idle.gateway().resetCounts();
            try (Readers readers = idle.readers(10)) {
                readers.awaitCalm();
                long attempts = idle.gateway().counts().connections();
                String state = idle.state();
                long before = System.nanoTime();
                idle.gateway().faults().clear();
                readers.await(1, sample -> idle.gauge("neon.pool.idle") + idle.gauge("neon.pool.active") > held + 1);
                Duration recovered = Duration.ofNanos(System.nanoTime() - before);
                readers.awaitCalm();
                Samples all = readers.stop();

                FaultReport.row(
                        11,
                        "all connections but the %d that are held taken by `etl` (53300)".formatted(held),
                        "keep what is held, shrink the target, name the culprit; throughput in proportion to what is"
                                + " held; recovered ≤ 2 s",
                        "%s of %d served with %d connections by 10 readers; state %s; %d attempts; grew again in %s"
                                .formatted(
                                        percent(all.share(Sample::served)),
                                        all.count(),
                                        held,
                                        state,
                                        attempts,
                                        ms(recovered)),
                        getClass());
                assertThat(all.share(Sample::served)).isEqualTo(1);
                assertThat(state).isEqualTo("SATURATED");
                assertThat(recovered).isLessThanOrEqualTo(Duration.ofSeconds(2));
                idle.assertNothingLostOrLeft(readers);
            }
        }
    }

    @Test
    void a_lock_that_blocks_all_writes_leaves_the_reads_unharmed() throws Exception {
        try (Readers readers = SERVER.readers(50);
                Connection other = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = other.createStatement()) {
            readers.await(2_000, Sample::served);
            Duration usual = reads(readers.soFar().since(lastSecond())).percentile(0.99);
            other.setAutoCommit(false);

            long begin = System.nanoTime();
            statement.execute("LOCK TABLE conversation IN SHARE MODE");
            readers.await(40, sample -> sample.refused() && sample.kind() == Kind.WRITE);
            Samples locked = readers.soFar().since(begin);
            other.rollback();
            readers.awaitCalm();
            Samples all = readers.stop();

            Duration slow = reads(locked).percentile(0.99);
            Duration bar = usual.compareTo(NOISE) > 0 ? usual.multipliedBy(2) : NOISE.multipliedBy(2);
            FaultReport.row(
                    12,
                    "a lock on a hot table blocks all writes",
                    "statement timeout; the other classes unharmed: p99 ≤ 2 × baseline (of 25 ms at least)",
                    "p99 of reads %s before, %s meanwhile (%s of %d served); writes refused after %s at most"
                            .formatted(
                                    ms(usual),
                                    ms(slow),
                                    percent(reads(locked).share(Sample::served)),
                                    reads(locked).count(),
                                    ms(all.where(sample -> sample.kind() == Kind.WRITE)
                                            .percentile(1))),
                    getClass());
            assertThat(reads(locked).share(Sample::served)).isEqualTo(1);
            assertThat(slow).isLessThanOrEqualTo(bar);
            assertThat(all.percentile(1)).isLessThanOrEqualTo(Duration.ofMillis(2600));
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_server_that_takes_no_writes_goes_on_being_read() {
        writesRefused(14, "read-only (25006)", new Fault.ReadOnly(), "urn:lectern:problem:database-read-only");
    }

    @Test
    void a_full_disk_stops_writes_only() {
        writesRefused(15, "disk full (53100)", new Fault.DiskFull(), "urn:lectern:problem:database-read-only");
    }

    private static void writesRefused(int order, String name, Fault fault, String type) {
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            SERVER.inject(fault);
            readers.await(30, Sample::refused);
            long end = System.nanoTime();
            Samples meanwhile = readers.soFar().since(begin);
            SERVER.gateway().faults().clear();
            readers.await(20, sample -> sample.served() && sample.kind() == Kind.WRITE);
            Samples all = readers.stop();

            Duration recovered = all.where(sample -> sample.kind() == Kind.WRITE && sample.start() - end > 0)
                    .firstAfter(end, Sample::served)
                    .orElseThrow();
            FaultReport.row(
                    order,
                    name,
                    "reads 100 %; writes 503 with the class; recovered ≤ 5 s",
                    "%s of %d reads served; %d writes refused as `%s`; written again after %s"
                            .formatted(
                                    percent(reads(meanwhile).share(Sample::served)),
                                    reads(meanwhile).count(),
                                    meanwhile.where(Sample::refused).count(),
                                    type.substring(type.lastIndexOf(':') + 1),
                                    ms(recovered)),
                    ServerFaultIT.class);
            assertThat(reads(meanwhile).share(Sample::served)).isEqualTo(1);
            assertThat(meanwhile.where(Sample::refused).all())
                    .allSatisfy(sample -> assertThat(sample.type()).isEqualTo(type));
            assertThat(recovered).isLessThanOrEqualTo(Duration.ofSeconds(5));
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LoginRefusal.class,
            names = {"ENDPOINT_DISABLED", "WRONG_PASSWORD", "QUOTA"})
    void what_only_a_person_can_mend_makes_no_storm(LoginRefusal reason) {
        boolean quota = reason == LoginRefusal.QUOTA;
        Duration lasts = Duration.ofSeconds(10);
        try (FaultyServer own = FaultyServer.start(Duration.ofMillis(300));
                Readers readers = own.readers(20)) {
            readers.awaitCalm();

            own.inject(new Fault.RefuseLogins(reason, null));
            own.inject(new Fault.CutConnections());
            readers.await(1, Sample::refused);
            long begin = System.nanoTime();
            own.gateway().resetCounts();
            readers.await(1, sample -> sample.refused() && sample.end() - begin > lasts.toNanos());
            long attempts = own.gateway().counts().connections();
            long end = System.nanoTime();
            own.gateway().faults().clear();
            Samples refusals = readers.soFar().since(begin).where(Sample::refused);
            readers.awaitCalm();
            Duration recovered = readers.stop().firstAfter(end, Sample::served).orElseThrow();
            FaultReport.row(
                    quota ? 20 : reason == LoginRefusal.ENDPOINT_DISABLED ? 21 : 22,
                    reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    "no storm, one clear class; ≤ 1 attempt per 5 s (quota: 30 s); recovered ≤ 5 s after the cause ends"
                            + " (quota: with the next attempt)",
                    "%d attempts in the 10 s after the first refusal; p99 of %d refusals %s; recovered in %s"
                            .formatted(attempts, refusals.count(), ms(refusals.percentile(0.99)), ms(recovered)),
                    getClass());
            assertThat(attempts).isLessThanOrEqualTo(quota ? 0 : 2);
            assertThat(recovered).isLessThanOrEqualTo(Duration.ofMillis(quota ? 30_500 : 5_500));
            assertThat(refusals.percentile(0.99)).isLessThanOrEqualTo(Duration.ofMillis(50));
            own.assertNothingLostOrLeft(readers);
        }
    }

    private static Samples reads(Samples samples) {
        return samples.where(sample -> sample.kind() == Kind.READ);
    }

    private static long lastSecond() {
        return System.nanoTime() - Duration.ofSeconds(1).toNanos();
    }
}
