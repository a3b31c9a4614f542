package dev.lectern.neon.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Each policy in real time, on a compute that is suspended after four seconds instead of five minutes.
@Timeout(90)
@Tag("alone")
class WarmupTaskIT {

    /// A test that mostly waits, for a compute of its own: while others of this class do, but not while other classes
    /// are tested.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface SideBySide {}

    private static final Duration SUSPEND = Duration.ofSeconds(4);
    private static final Duration WAKE = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final WarmupTerms TERMS =
            new WarmupTerms(SUSPEND, Duration.ofMillis(1500), 0.25, 0.106, 0.03, OptionalDouble.empty());
    private static final SqlWork<Boolean> NOTHING = connection -> {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        }
    };

    @TempDir
    Path home;

    private EmbeddedDatabase database;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable NeonDatabase neon;
    private @Nullable WarmupTask task;

    @BeforeEach
    void start() {
        database = EmbeddedDatabase.start(Homes.filled(home)
                .withGateway(GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND).withWakeDelay(WAKE)));
    }

    @AfterEach
    void stop() {
        if (task != null) {
            task.close();
        }
        threads.close();
        if (neon != null) {
            neon.close();
        }
        database.close();
    }

    @SideBySide
    void off_lets_it_sleep_and_nothing_of_the_pool_wakes_it() throws Exception {
        WarmupMonitor monitor = runs(new Off(), TERMS);
        read();
        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        database.gateway().resetCounts();

        assertThat(compute().await(Compute.State.ACTIVE, SUSPEND.multipliedBy(3)))
                .isFalse();
        assertThat(database.gateway().counts().logins()).isZero();
        assertThat(monitor.ledger().touches()).isZero();
    }

    @SideBySide
    void always_keeps_it_awake_with_one_touch_a_timeout_at_most() throws Exception {
        WarmupMonitor monitor = runs(new Always(), TERMS);
        read();

        Instant begin = Instant.now(Clock.systemUTC());
        long before = monitor.ledger().touches();
        assertThat(compute().await(Compute.State.IDLE, SUSPEND.multipliedBy(3))).isFalse();

        Duration passed = Duration.between(begin, Instant.now(Clock.systemUTC()));
        Duration between = SUSPEND.minus(TERMS.margin());
        assertThat(monitor.ledger().touches() - before)
                .isBetween(passed.dividedBy(SUSPEND), passed.dividedBy(between) + 1);
        assertThat(monitor.spentThisMonth()).isPositive();
    }

    @SideBySide
    void ordinary_traffic_makes_touches_superfluous() {
        WarmupMonitor monitor = runs(new Always(), TERMS);
        until(() -> monitor.ledger().touches() == 1);
        long before = monitor.ledger().touches();
        long end = System.nanoTime() + SUSPEND.multipliedBy(2).toNanos();
        while (System.nanoTime() - end < 0) {
            read();
            LockSupport.parkNanos(200_000_000);
        }

        assertThat(monitor.ledger().touches()).isEqualTo(before);
    }

    @SideBySide
    void hours_wake_it_when_a_window_opens_and_let_it_sleep_outside() throws Exception {
        Instant now = Instant.now(Clock.systemUTC());
        WarmupMonitor open = runs(new Hours(WeeklyHours.parse("Mon-Sun 00:00-24:00 UTC")), TERMS);
        until(() -> open.ledger().touches() > 0);
        assertThat(open.ledger().warmWakes()).isLessThanOrEqualTo(1);
        close();

        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        String closed = hour < 12 ? "Mon-Sun 14:00-15:00 UTC" : "Mon-Sun 01:00-02:00 UTC";
        WarmupMonitor shut = runs(new Hours(WeeklyHours.parse(closed)), TERMS);
        read();

        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        assertThat(shut.ledger().touches()).isZero();
    }

    @SideBySide
    void traffic_keeps_it_awake_for_a_while_after_the_last_reader() throws Exception {
        WarmupMonitor monitor = runs(new Traffic(SUSPEND.multipliedBy(2)), TERMS);
        read();

        assertThat(compute().await(Compute.State.IDLE, SUSPEND.plus(Duration.ofSeconds(2))))
                .isFalse();
        assertThat(monitor.ledger().touches()).isBetween(1L, 4L);
        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
    }

    @SideBySide
    void learned_keeps_it_awake_while_a_reader_is_probable_and_then_lets_go() throws Exception {
        // So little is a cold request worth that a reader must come in one of five cases.
        WarmupMonitor monitor = runs(new Learned(), TERMS.withColdWorth(0.0001));
        Instant now = Instant.now(Clock.systemUTC());
        ArrivalHistory earlier = new ArrivalHistory(ZoneOffset.UTC, SUSPEND);
        // Readers who come four seconds after one another for a while, and then not for a quarter of an hour.
        for (long second = 7200; second > 0; second -= second % 900 == 0 ? 600 : 4) {
            earlier.arrived(now.minusSeconds(second));
        }
        monitor.restore(earlier, 0);
        read();

        assertThat(compute().await(Compute.State.IDLE, SUSPEND.plus(Duration.ofSeconds(1))))
                .isFalse();
        assertThat(monitor.ledger().touches()).isPositive();
        assertThat(monitor.plan().why().get()).contains("one came within");
        assertThat(compute().await(Compute.State.IDLE, LONG.multipliedBy(2))).isTrue();
    }

    @SideBySide
    void a_request_that_the_wake_kept_waiting_is_cold_and_one_that_warmth_served_is_not() throws Exception {
        WarmupMonitor monitor = runs(new Off(), TERMS);
        read();
        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        WarmupLedger before = monitor.ledger();
        read();
        WarmupLedger cold = monitor.ledger();

        assertThat(cold.coldRequests() - before.coldRequests()).isOne();
        assertThat(cold.coldTime().minus(before.coldTime())).isGreaterThanOrEqualTo(WAKE);
        assertThat(cold.wakes() - before.wakes()).isOne();
        assertThat(cold.avoided()).isZero();

        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        task().touchNow();
        read();
        assertThat(monitor.ledger().avoided()).isOne();
        assertThat(monitor.ledger().warmWakes()).isOne();
        assertThat(monitor.ledger().coldRequests()).isEqualTo(cold.coldRequests());
    }

    @SideBySide
    void a_reader_who_may_ask_finds_it_awake() throws Exception {
        WarmupMonitor monitor = runs(new Off(), TERMS);
        read();
        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        long cold = monitor.ledger().coldRequests();

        task().readerMayAsk();
        assertThat(compute().await(Compute.State.ACTIVE, LONG)).isTrue();
        until(() -> monitor.ledger().touches() == 1);
        long wakes = compute().wakes().count();
        read();

        assertThat(compute().wakes().count()).isEqualTo(wakes);
        assertThat(monitor.ledger().coldRequests()).isEqualTo(cold);
    }

    @SideBySide
    void a_reader_finds_it_awake_although_it_fell_asleep_sooner_than_it_should() throws Exception {
        WarmupMonitor monitor = runs(new Off(), TERMS.on(Duration.ofMinutes(5), 0.25));
        read();
        long cold = monitor.ledger().coldRequests();
        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();

        task().readerMayAsk();
        assertThat(compute().await(Compute.State.ACTIVE, LONG)).isTrue();
        until(() -> monitor.ledger().touches() == 1);
        read();

        assertThat(monitor.ledger().coldRequests()).isEqualTo(cold);
    }

    @SideBySide
    void a_look_for_a_reader_neither_wakes_it_nor_keeps_it_awake() throws Exception {
        runs(new Off(), TERMS.on(Duration.ofMinutes(5), 0.25));
        read();
        database.gateway().resetCounts();
        long end = System.nanoTime() + SUSPEND.toNanos() * 9 / 10;
        while (System.nanoTime() - end < 0) {
            neon().glance();
            LockSupport.parkNanos(20_000_000);
        }

        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        neon().glance();
        assertThat(compute().await(Compute.State.ACTIVE, SUSPEND)).isFalse();
        assertThat(database.gateway().counts().logins()).isZero();
    }

    @SideBySide
    void a_quota_ends_warm_up_until_readers_are_served_again() {
        WarmupMonitor monitor = runs(new Always(), TERMS);
        read();
        database.gateway().faults().inject(new Fault.RefuseLogins(LoginRefusal.QUOTA, null));
        database.gateway().faults().inject(new Fault.CutConnections());
        until(() -> monitor.halted().isPresent());

        assertThat(monitor.halted()).contains(new Down(Down.Reason.QUOTA));
        assertThat(monitor.plan().touch()).isFalse();
        assertThat(monitor.plan().why().get()).contains("quota");
        assertThatThrownBy(() -> task().touchNow()).isInstanceOf(DatabaseUnavailableException.class);
    }

    @SideBySide
    void a_budget_that_is_spent_ends_warm_up() throws Exception {
        WarmupMonitor monitor = runs(new Always(), TERMS.withBudget(2 * TERMS.cuHours(SUSPEND)));
        read();
        until(() -> monitor.plan().why().get().contains("budget"));

        assertThat(compute().await(Compute.State.IDLE, LONG)).isTrue();
        assertThat(monitor.spentThisMonth()).isLessThanOrEqualTo(2 * TERMS.cuHours(SUSPEND));
        task().readerMayAsk();
        assertThat(compute().await(Compute.State.ACTIVE, SUSPEND)).isFalse();
    }

    private WarmupMonitor runs(WarmupPolicy policy, WarmupTerms terms) {
        Clock clock = Clock.systemUTC();
        WarmupMonitor monitor = new WarmupMonitor(new Warmup(policy, terms), ZoneOffset.UTC, clock);
        NeonDatabase made = new NeonDatabase(
                NeonSettings.of(NeonUrl.parse(database.jdbcUrl())).withSuspendTimeout(SUSPEND),
                monitor,
                Preparation.NONE);
        WarmupTask warmup = new WarmupTask(made, monitor, NOTHING, clock);
        threads.execute(warmup);
        neon = made;
        task = warmup;
        return monitor;
    }

    private void close() {
        task().close();
        neon().close();
    }

    private Compute compute() {
        return database.gateway().compute();
    }

    private WarmupTask task() {
        return Objects.requireNonNull(task);
    }

    private NeonDatabase neon() {
        return Objects.requireNonNull(neon);
    }

    private void read() {
        neon().read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), NOTHING);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }
}
