package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The network loses, forgets and cuts.
@Tag("faults")
class NetworkFaultIT {

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.start(
            GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO),
            Map.of("database.distrustIdleAfter", "PT0.000001S"));

    @Test
    void a_black_hole_frees_everything_and_is_left_as_soon_as_it_ends() {
        Duration lasts = Duration.ofSeconds(5);
        try (FaultyServer plain = FaultyServer.start(Duration.ofMillis(300));
                Readers readers = plain.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            plain.gateway().faults().inject(new Fault.BlackHole(), lasts);
            readers.await(20, Sample::refused);
            long end = begin + lasts.toNanos();
            readers.await(20, sample -> sample.served() && sample.end() - end > 0);
            readers.awaitCalm();
            Samples all = readers.stop();

            Duration detected = all.firstAfter(begin, Sample::refused).orElseThrow();
            Duration recovered = all.firstAfter(end, Sample::served).orElseThrow();
            Duration latest = all.percentile(1);
            FaultReport.row(
                    7,
                    "black hole (all packets swallowed) for 5 s",
                    "detected ≤ 3 s; recovered ≤ 1 s; no reply later than its deadline (2.5 s) + 100 ms",
                    "detected in %s; recovered in %s; latest reply after %s"
                            .formatted(ms(detected), ms(recovered), ms(latest)),
                    getClass());
            assertThat(detected).isLessThanOrEqualTo(Duration.ofSeconds(3));
            assertThat(recovered).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(latest).isLessThanOrEqualTo(Duration.ofMillis(2600));
            plain.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void idle_connections_that_the_network_has_forgotten_are_replaced() {
        try (Readers readers = SERVER.readers(20);
                LecternClient reader = SERVER.lectern().reader()) {
            readers.awaitCalm();
            readers.stop();
            assertThat(reader.get("/conversations").status()).isEqualTo(200);
            SERVER.inject(new Fault.HalfOpen());

            long begin = System.nanoTime();
            Reply first = reader.get("/conversations");
            Duration once = Duration.ofNanos(System.nanoTime() - begin);
            int errors = first.status() == 200 ? 0 : 1;
            Duration slowest = Duration.ZERO;
            for (int i = 0; i < 50; i++) {
                long start = System.nanoTime();
                errors += reader.get("/conversations").status() == 200 ? 0 : 1;
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }

            FaultReport.row(
                    8,
                    "half-open idle connections, all of the pool (distrusted at once here; after 30 s by default)",
                    "0 errors; ≤ 500 ms once",
                    "%d errors of 51; the first answer after %s, the slowest of the others after %s"
                            .formatted(errors, ms(once), ms(slowest)),
                    getClass());
            assertThat(errors).isZero();
            assertThat(once).isLessThanOrEqualTo(Duration.ofMillis(500));
            assertThat(slowest).isLessThanOrEqualTo(Duration.ofMillis(200));
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_reset_in_the_middle_of_a_query_is_repaired() {
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            SERVER.inject(new Fault.ResetQueries(25, null));
            readers.await(500, Sample::served);
            Samples all = readers.stop().since(begin);
            SERVER.gateway().faults().clear();

            Samples reads = all.where(sample -> sample.kind() == Sample.Kind.READ);
            FaultReport.row(
                    9,
                    "every 25th query reset before its answer",
                    "≤ 1 of 25 reads fails; 0 duplicates",
                    "%s of %d reads and %s of %d writes served, the others refused"
                            .formatted(
                                    percent(reads.share(Sample::served)),
                                    reads.count(),
                                    percent(all.where(sample -> sample.kind() == Sample.Kind.WRITE)
                                            .share(Sample::served)),
                                    all.count() - reads.count()),
                    getClass());
            assertThat(reads.share(Sample::served)).isGreaterThanOrEqualTo(0.96);
            assertThat(all.where(Sample::failed).count()).isZero();
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_write_whose_answer_is_cut_off_is_settled_by_its_key() {
        int cuts = 50;
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            SERVER.inject(new Fault.CutAnswers(Fault.CutAnswers.Statement.WRITE, cuts));
            readers.await(300, sample -> sample.served() && sample.kind() == Sample.Kind.WRITE);
            Samples all = readers.stop().since(begin);
            SERVER.gateway().faults().clear();

            Samples writes = all.where(sample -> sample.kind() == Sample.Kind.WRITE);
            FaultReport.row(
                    10,
                    "the answers to %d writes cut off after the server had done them".formatted(cuts),
                    "never blindly repeated, settled by key: 0 lost, 0 duplicates",
                    "%d lost, %d doubled; %s of %d writes served, the others refused"
                            .formatted(
                                    readers.lost(),
                                    readers.doubled(),
                                    percent(writes.share(Sample::served)),
                                    writes.count()),
                    getClass());
            assertThat(all.where(Sample::failed).count()).isZero();
            SERVER.assertNothingLostOrLeft(readers);
        }
    }
}
