package dev.lectern.neon.warmup;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the policy plans: a statement on one connection at the last sensible moment, or a wake ahead of readers.
///
/// A touch is work like any other, of the least criticality: it waits for the same flight as readers do, and gives way
/// to them. Between two touches nothing runs.
public final class WarmupTask implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmupTask.class);

    /// The longest wait until the plan is looked at again: readers who came since may have changed it.
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final Duration TOUCH = Duration.ofSeconds(30);

    /// After how long without work a connection is looked at for a reader. HikariCP takes those for good that were used
    /// half a second ago.
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final NeonDatabase neon;
    private final WarmupMonitor monitor;
    private final SqlWork<?> statement;
    private final InstantSource clock;
    private final Semaphore calls = new Semaphore(0);
    private volatile boolean wanted;
    private volatile boolean expected;
    private volatile Instant glanced = Instant.MIN;
    private volatile boolean closed;

    /// @param statement what a touch does: one round trip
    public WarmupTask(NeonDatabase neon, WarmupMonitor monitor, SqlWork<?> statement, InstantSource clock) {
        this.neon = neon;
        this.monitor = monitor;
        this.statement = statement;
        this.clock = clock;
        monitor.keepsWith(this::wake);
    }

    /// Somebody came who may soon need the database: wakes it in the background where it sleeps, also where that shows
    /// by nothing but connections that it has ended. Costs the caller nothing.
    public void readerMayAsk() {
        if (wanted || expected) {
            return;
        }
        if (monitor.mayWakeEarly()) {
            wake();
        } else if (mayBeGone()) {
            expected = true;
            calls.release();
        }
    }

    /// Whether nobody has seen for a while that the database is there.
    private boolean mayBeGone() {
        Instant before = clock.instant().minus(GLANCE);
        return glanced.isBefore(before) && monitor.lastWork().isBefore(before);
    }

    private void wake() {
        wanted = true;
        calls.release();
    }

    /// Touches the database now, whatever the policy plans, and waits for it.
    ///
    /// @throws DatabaseUnavailableException where it cannot be had
    public void touchNow() {
        touch();
    }

    /// Works until it is closed.
    @Override
    public void run() {
        try {
            while (!closed) {
                if (expected) {
                    glance();
                }
                Plan plan = monitor.plan();
                Instant now = clock.instant();
                if (wanted || (plan.touch() && !plan.at().isAfter(now))) {
                    attempt(plan);
                    wanted = false;
                } else {
                    calls.tryAcquire(untilNextLook(plan, now).toNanos(), TimeUnit.NANOSECONDS);
                    calls.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        calls.release();
    }

    private void glance() {
        glanced = clock.instant();
        if (neon.glance()) {
            monitor.wentAway();
            wanted = wanted || monitor.mayWakeEarly();
        }
        expected = false;
    }

    private Duration untilNextLook(Plan plan, Instant now) {
        Duration half = monitor.warmup().terms().suspend().dividedBy(2);
        Duration longest = half.compareTo(LOOK) < 0 ? half : LOOK;
        if (plan.at().isAfter(now.plus(longest))) {
            return longest;
        }
        Duration until = Duration.between(now, plan.at());
        return until.isPositive() ? until : Duration.ofMillis(1);
    }

    private void attempt(Plan plan) throws InterruptedException {
        try {
            touch();
            LOG.debug(
                    "touched: {}",
                    wanted ? "a reader may be about to ask" : plan.why().get());
        } catch (DatabaseUnavailableException e) {
            LOG.debug("a touch failed: {}", e.failure().message());
            @Nullable Down lasting = lasting(e);
            if (lasting != null) {
                LOG.warn("warm-up rests until readers are served again: {}", lasting.message());
                monitor.halt(lasting);
            } else {
                // An operator's pause may end earlier than it was meant to.
                Duration pause = e.retryAfter().compareTo(LOOK) < 0 ? e.retryAfter() : LOOK;
                calls.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void touch() {
        monitor.touching();
        boolean done = false;
        try {
            ScopedValue.where(WarmupMonitor.TOUCHING, true)
                    .call(() -> neon.writeIdempotent(Criticality.BACKGROUND, Deadline.in(TOUCH), statement));
            done = true;
        } finally {
            monitor.touched(done);
        }
    }

    /// The failure, where it lasts until a person mends it.
    private static @Nullable Down lasting(DatabaseUnavailableException e) {
        return e.failure() instanceof Down down
                        && down.reason() != Down.Reason.UNREACHABLE
                        && down.reason() != Down.Reason.UNKNOWN
                        && down.reason() != Down.Reason.PAUSED
                ? down
                : null;
    }
}
