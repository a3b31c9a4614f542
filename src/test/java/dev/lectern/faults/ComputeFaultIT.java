package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The compute goes away and comes back.
@Tag("faults")
class ComputeFaultIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.start(Duration.ofMillis(700));

    @Test
    void a_killed_server_is_noticed_at_once_and_used_again_as_soon_as_it_is_back() throws Exception {
        Duration outage = Duration.ofSeconds(4);
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long killed = System.nanoTime();
            SERVER.gateway().faults().inject(new Fault.RefuseConnections(), outage);
            SERVER.inject(new Fault.Kill());
            readers.await(50, Sample::refused);
            while (!SERVER.gateway().faults().inForce().isEmpty()) {
                readers.await(1, Sample::refused);
            }
            assertThat(SERVER.gateway().compute().await(Compute.State.ACTIVE, PATIENCE))
                    .isTrue();
            long back = System.nanoTime();
            readers.awaitCalm();
            Samples all = readers.stop().since(killed);

            Duration detected = all.firstAfter(killed, Sample::refused).orElseThrow();
            Samples refusals = all.since(killed + Duration.ofSeconds(1).toNanos())
                    .until(killed + outage.toNanos())
                    .where(Sample::refused);
            Duration recovered = all.firstAfter(back, Sample::served).orElseThrow();
            FaultReport.row(
                    1,
                    "PostgreSQL killed (SIGKILL), nobody listens for 4 s",
                    "detected ≤ 1 s; refusal ≤ 50 ms; recovered ≤ 1 s after it accepts again",
                    "detected in %s; p99 of %d refusals %s; recovered in %s; failed otherwise: %d"
                            .formatted(
                                    ms(detected),
                                    refusals.count(),
                                    ms(refusals.percentile(0.99)),
                                    ms(recovered),
                                    all.where(Sample::failed).count()),
                    getClass());
            assertThat(detected).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(refusals.count()).isPositive();
            assertThat(refusals.percentile(0.99)).isLessThanOrEqualTo(Duration.ofMillis(50));
            assertThat(recovered).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(all.where(Sample::failed).count()).isZero();
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_restart_is_waited_for() {
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            SERVER.inject(new Fault.Restart());
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            readers.awaitCalm();
            Samples all = underWayAt(begin, readers.stop());

            FaultReport.row(
                    2,
                    "restart (57P01, 57P03)",
                    "≥ 99 % served where it takes ≤ 5 s",
                    "took %s; %s of %d served, the slowest in %s"
                            .formatted(
                                    ms(took), percent(all.share(Sample::served)), all.count(), ms(all.percentile(1))),
                    getClass());
            assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(all.share(Sample::served)).isGreaterThanOrEqualTo(0.99);
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void two_hundred_readers_come_at_once_to_a_suspended_compute() throws Exception {
        int count = 200;
        HttpClient http = HttpClient.newHttpClient();
        try (http;
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Reader> readers = Stream.generate(
                            () -> new Reader(http, SERVER.lectern().url()))
                    .limit(count)
                    .toList();
            SERVER.inject(new Fault.Suspend());
            SERVER.gateway().resetCounts();

            List<Future<Sample>> answers =
                    readers.stream().map(reader -> threads.submit(reader::read)).toList();
            assertThat(SERVER.gateway().compute().await(Compute.State.ACTIVE, PATIENCE))
                    .isTrue();
            long awake = System.nanoTime();
            long attempts = SERVER.gateway().counts().connections();
            List<Sample> got = new ArrayList<>();
            for (Future<Sample> answer : answers) {
                got.add(answer.get());
            }
            Samples all = new Samples(got);
            Duration first = all.firstAfter(awake, Sample::served).orElseThrow();
            Duration last = Duration.ofNanos(
                    got.stream().mapToLong(sample -> sample.end() - awake).max().orElse(0));

            FaultReport.row(
                    6,
                    "%d readers come at once to a suspended compute".formatted(count),
                    "0 errors; exactly 1 connection attempt until it is awake; first answer ≤ wake + 50 ms, the last"
                            + " ≤ wake + 300 ms",
                    "%d errors; %d attempt; the first %s after the wake, the last %s"
                            .formatted(all.where(sample -> !sample.served()).count(), attempts, ms(first), ms(last)),
                    getClass());
            assertThat(all.share(Sample::served)).isEqualTo(1);
            assertThat(attempts).isOne();
            assertThat(first).isLessThanOrEqualTo(Duration.ofMillis(50));
            assertThat(last).isLessThanOrEqualTo(Duration.ofMillis(300));
            SERVER.assertNothingLeft();
        }
    }

    @Test
    void a_suspended_compute_is_woken_by_one_attempt_and_everybody_is_served() throws Exception {
        try (Readers readers = SERVER.readers(50)) {
            readers.awaitCalm();
            SERVER.gateway().resetCounts();

            long begin = System.nanoTime();
            SERVER.inject(new Fault.Suspend());
            assertThat(SERVER.gateway().compute().await(Compute.State.ACTIVE, PATIENCE))
                    .isTrue();
            long attempts = SERVER.gateway().counts().connections();
            long awake = System.nanoTime();
            readers.awaitCalm();
            Samples all = underWayAt(begin, readers.stop());

            FaultReport.row(
                    3,
                    "compute suspended, wakes in 700 ms",
                    "100 % served where the wake takes ≤ 2 s; exactly 1 connection attempt until it is awake",
                    "%s of %d served; %d attempt; first answer %s after the wake"
                            .formatted(
                                    percent(all.share(Sample::served)),
                                    all.count(),
                                    attempts,
                                    ms(all.firstAfter(awake, Sample::served).orElseThrow())),
                    getClass());
            assertThat(all.share(Sample::served)).isEqualTo(1);
            assertThat(attempts).isOne();
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void refusals_while_the_compute_wakes_reach_nobody() {
        try (Readers readers = SERVER.readers(20)) {
            readers.awaitCalm();
            SERVER.gateway().resetCounts();

            long begin = System.nanoTime();
            SERVER.gateway()
                    .faults()
                    .inject(new Fault.RefuseLogins(LoginRefusal.WAKING, null), Duration.ofMillis(1900));
            SERVER.inject(new Fault.CutConnections());
            readers.awaitCalm();
            Samples all = underWayAt(begin, readers.stop());

            FaultReport.row(
                    5,
                    "logins refused for 1.9 s while the compute wakes (`Couldn't connect to compute node`)",
                    "0 user errors where it ends in ≤ 2 s",
                    "%s of %d served, the slowest in %s; %d connection attempts in all"
                            .formatted(
                                    percent(all.share(Sample::served)),
                                    all.count(),
                                    ms(all.percentile(1)),
                                    SERVER.gateway().counts().connections()),
                    getClass());
            assertThat(all.share(Sample::served)).isEqualTo(1);
            SERVER.assertNothingLostOrLeft(readers);
        }
    }

    @Test
    void a_slow_wake_is_waited_for_to_the_deadline_and_then_told_of_with_the_time_that_wakes_take() throws Exception {
        Duration wake = Duration.ofSeconds(5);
        try (FaultyServer slow = FaultyServer.start(wake);
                LecternClient asker = slow.lectern().reader();
                Readers readers = slow.readers(20)) {
            readers.awaitCalm();
            String before = "";
            for (int round = 0; round < 2; round++) {
                slow.inject(new Fault.Suspend());
                Reply told = asker.get("/conversations");
                assertThat(told.status()).isEqualTo(503);
                before = String.valueOf(told.header("Retry-After"));
                assertThat(slow.gateway().compute().await(Compute.State.ACTIVE, PATIENCE))
                        .isTrue();
                long awake = System.nanoTime();
                readers.awaitCalm();
                if (round == 1) {
                    Samples all = readers.stop();
                    Duration first = all.firstAfter(awake, Sample::served).orElseThrow();
                    Duration latest = all.where(Sample::refused).percentile(1);
                    FaultReport.row(
                            4,
                            "slow wake, 5 s",
                            "bounded wait, then 503 with Retry-After = p95 of wakes; first success ≤ wake + 250 ms",
                            "503 after %s at most, Retry-After: %s; first success wake + %s"
                                    .formatted(ms(latest), before, ms(first)),
                            getClass());
                    assertThat(first).isLessThanOrEqualTo(Duration.ofMillis(250));
                    assertThat(latest).isLessThanOrEqualTo(Duration.ofMillis(2600));
                    // What the first round has taught, jittered.
                    assertThat(Integer.parseInt(before)).isBetween(5, 8);
                    assertThat(all.where(Sample::failed).count()).isZero();
                }
            }
            slow.assertNothingLostOrLeft(readers);
        }
    }

    /// Those that a fault may have hit: under way at its beginning, or begun since.
    private static Samples underWayAt(long begin, Samples samples) {
        return samples.where(sample -> sample.end() - begin >= 0);
    }
}
