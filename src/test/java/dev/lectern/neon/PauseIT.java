package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.fill;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.neon.NeonSettings.Patience;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.Evicted;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.warmup.Always;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import dev.lectern.neon.warmup.WarmupTerms;
import dev.lectern.testing.Timings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an operator can have the connection layer do: pause, resume, and give its connections up.
@Timeout(60)
class PauseIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless();

    private static final Down PAUSED = new Down(Down.Reason.PAUSED);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PROMPT = Duration.ofMillis(250);

    private final WarmupMonitor warmup = new WarmupMonitor(
            new Warmup(
                    new Always(),
                    new WarmupTerms(
                            Duration.ofMinutes(5), Duration.ofSeconds(30), 1, 0.1, 0.03, OptionalDouble.empty())),
            ZoneOffset.UTC,
            Clock.systemUTC());
    private final NeonDatabase neon = new NeonDatabase(
            NeonSettings.of(NeonUrl.parse(DATABASE.jdbcUrl()))
                    .withMaximumPoolSize(2)
                    .withPatience(new Patience(LONG, LONG, HOUR)),
            warmup,
            Preparation.NONE);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        release.countDown();
        callers.close();
        neon.close();
    }

    @Test
    void refuses_at_once_with_what_is_left_of_it_while_running_work_ends_in_peace() throws Exception {
        Future<Integer> running = hold();

        neon.pause(HOUR);

        Duration took = Timings.shortest(
                3,
                () -> assertThatThrownBy(() -> read(neon))
                        .isInstanceOfSatisfying(DatabaseUnavailableException.class, e -> {
                            assertThat(e.failure()).isEqualTo(PAUSED);
                            assertThat(e.retryAfter()).isBetween(HOUR.minus(LONG), HOUR);
                        }));
        assertThat(took).isLessThan(PROMPT);
        release.countDown();
        assertThat(running.get()).isOne();
    }

    @Test
    void refuses_who_waits_for_a_permit_when_it_begins() throws Exception {
        neon.resize(1);
        Future<Integer> running = hold();
        Future<Integer> waiting = callers.submit(() -> read(neon));
        until(() -> neon.snapshot().waiting() == 1);

        neon.pause(HOUR);

        assertPaused(waiting);
        assertThat(running).isNotDone();
    }

    @Test
    void refuses_who_waits_for_the_database_when_it_begins_and_stops_looking_for_it() throws Exception {
        DATABASE.gateway().compute().stopFor(HOUR);
        Future<Integer> waiting = callers.submit(() -> read(neon));
        until(() -> neon.snapshot().state().status() == Status.WAKING
                && neon.snapshot().totals().attemptsFailed() > 0);

        neon.pause(HOUR);

        assertPaused(waiting);
        long attempts = neon.snapshot().totals().attemptsFailed();
        assertThat(catchThrowable(() -> read(neon))).isInstanceOf(DatabaseUnavailableException.class);
        DATABASE.gateway().compute().available();
        assertThat(neon.snapshot().totals().attemptsFailed()).isBetween(attempts, attempts + 1);
    }

    @Test
    void makes_no_connection_even_where_those_it_had_are_lost_and_makes_one_when_it_is_over() {
        read(neon);
        neon.pause(HOUR);
        DATABASE.gateway().compute().restart();
        DATABASE.gateway().resetCounts();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> read(neon)).isInstanceOf(DatabaseUnavailableException.class);
        }
        assertThat(DATABASE.gateway().counts().connections()).isZero();

        neon.resume();
        assertThat(read(neon)).isOne();
        assertThat(DATABASE.gateway().counts().logins()).isOne();
    }

    @Test
    void is_over_as_if_it_had_not_been_and_the_snapshot_says_until_when_it_lasts() {
        int backend = backend();
        DatabaseState before = neon.snapshot().state();
        assertThat(neon.snapshot().pausedUntil()).isNull();

        neon.pause(HOUR);

        NeonSnapshot paused = neon.snapshot();
        assertThat(paused.state().status()).isEqualTo(Status.DOWN);
        assertThat(paused.state().cause()).isEqualTo(PAUSED);
        Instant now = Clock.systemUTC().instant();
        assertThat(paused.pausedUntil()).isBetween(now.plus(HOUR).minus(LONG), now.plus(HOUR));

        neon.resume();

        assertThat(neon.snapshot().pausedUntil()).isNull();
        assertThat(neon.snapshot().state().isLike(before)).isTrue();
        assertThat(backend()).isEqualTo(backend);
    }

    @Test
    void ends_by_itself() {
        read(neon);
        neon.pause(Duration.ofSeconds(2));
        assertThatThrownBy(() -> read(neon)).isInstanceOf(DatabaseUnavailableException.class);

        until(() -> neon.snapshot().pausedUntil() == null);

        assertThat(read(neon)).isOne();
        assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
    }

    @Test
    void warm_up_is_refused_too_and_goes_on_afterwards_with_what_it_knew() {
        WarmupTask task = new WarmupTask(neon, warmup, SampleWork::one, Clock.systemUTC());
        read(neon);
        Instant awakeUntil = warmup.awakeUntil();

        neon.pause(HOUR);
        assertThatThrownBy(task::touchNow).isInstanceOf(DatabaseUnavailableException.class);

        assertThat(warmup.halted()).isEmpty();
        assertThat(warmup.awakeUntil()).isEqualTo(awakeUntil);
        neon.resume();
        task.touchNow();
        assertThat(warmup.ledger().touches()).isOne();
    }

    @Test
    void evicting_ends_idle_connections_now_and_those_in_use_as_they_come_back() throws Exception {
        fill(neon, 2);
        Future<Integer> running = hold();

        assertThat(neon.evict()).isEqualTo(new Evicted(1, 1));

        until(() -> neon.snapshot().totals().closed() == 1);
        assertThat(neon.snapshot().active()).isOne();
        release.countDown();
        assertThat(running.get()).isOne();
        until(() -> neon.snapshot().totals().closed() == 2);
        assertThat(read(neon)).isOne();
        assertThat(neon.evict()).isEqualTo(new Evicted(1, 0));
    }

    @Test
    void the_snapshot_sets_the_pool_against_what_the_server_has() {
        assertThat(neon.snapshot().server()).isNull();
        read(neon);
        neon.resize(500);

        NeonSnapshot snapshot = neon.snapshot();
        ServerSlots server = Objects.requireNonNull(snapshot.server());
        assertThat(server.maximum()).isEqualTo(number("SHOW max_connections"));
        assertThat(server.reserved())
                .isEqualTo(number("SHOW superuser_reserved_connections") + number("SHOW reserved_connections"));
        assertThat(snapshot.configured()).isEqualTo(500);
        assertThat(snapshot.maximum()).isEqualTo(server.maximum() - server.reserved() - 10);
    }

    @Test
    void the_snapshot_says_how_long_wakes_take_once_there_was_one() {
        assertThat(neon.snapshot().wakeP50()).isNull();
        assertThat(neon.snapshot().wakeP95()).isNull();

        read(neon);

        assertThat(neon.snapshot().wakeP50()).isPositive();
        assertThat(neon.snapshot().wakeP95()).isEqualTo(neon.snapshot().wakeP50());
    }

    /// Work that holds a connection until it is released.
    private Future<Integer> hold() {
        CountDownLatch held = new CountDownLatch(1);
        Future<Integer> running = callers.submit(() -> read(neon, connection -> {
            held.countDown();
            await(release);
            return one(connection);
        }));
        await(held);
        return running;
    }

    private static void assertPaused(Future<Integer> work) {
        assertThatThrownBy(work::get)
                .hasCauseInstanceOf(DatabaseUnavailableException.class)
                .cause()
                .extracting(e -> ((DatabaseUnavailableException) e).failure())
                .isEqualTo(PAUSED);
    }

    private int backend() {
        return number("SELECT pg_backend_pid()");
    }

    private int number(String sql) {
        return read(neon, connection -> SampleWork.number(connection, sql));
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }
}
