package dev.lectern.neonapi;

import dev.lectern.neon.warmup.ComputeReport;
import dev.lectern.neon.warmup.ComputeReport.State;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neonapi.MonthlyUse.Use;
import dev.lectern.neonapi.PollSchedule.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Neon from time to time what it says of the compute, and has warm-up go by that.
///
/// Nobody waits for it: where Neon's API fails, warm-up goes on by what it knew.
public final class Reconciliation implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /// How often the schedule is looked at: readers who came since may have changed it.
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final NeonApi api;
    private final WarmupMonitor monitor;
    private final MonthlyUse use;
    private final PollSchedule schedule;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong corrections = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private volatile @Nullable ComputeReport last;
    private volatile @Nullable Use lastUse;
    private volatile String failure = "";

    /// The refusal that was logged, and need not be again.
    private String told = "";

    /// @param api is closed with this
    /// @param monitor whose picture of the compute is corrected
    public Reconciliation(NeonApi api, WarmupMonitor monitor, InstantSource clock) {
        this(api, monitor, PollSchedule.DEFAULT, clock);
    }

    Reconciliation(NeonApi api, WarmupMonitor monitor, PollSchedule schedule, InstantSource clock) {
        this.api = api;
        this.monitor = monitor;
        this.use = new MonthlyUse(api);
        this.schedule = schedule;
        this.clock = clock;
    }

    /// Whether the compute was awake when Neon last answered.
    public State state() {
        ComputeReport report = last;
        return report == null ? State.UNKNOWN : report.state();
    }

    /// How long ago Neon last answered; empty where it never did.
    public Optional<Duration> age() {
        return Optional.ofNullable(last).map(report -> Duration.between(report.askedAt(), clock.instant()));
    }

    /// Why Neon did not answer last; empty where it did.
    public String failure() {
        return failure;
    }

    /// How many questions had no answer.
    public long unanswered() {
        return unanswered.get();
    }

    /// How often the compute had been awake, or had slept, for longer than was thought.
    public long corrections() {
        return corrections.get();
    }

    /// What all computes of the project have used in this month, in CU-hours, by Neon's count; empty where it is not
    /// known.
    public OptionalDouble cuHoursThisMonth() {
        Use known = lastUse;
        return known != null && known.isOfMonth(clock.instant())
                ? OptionalDouble.of(known.cuHours())
                : OptionalDouble.empty();
    }

    /// Works until it is closed.
    @Override
    public void run() {
        try {
            Outcome outcome = new Outcome.Answered();
            while (closed.getCount() > 0) {
                Instant asked = clock.instant();
                outcome = ask(asked, outcome);
                await(asked, outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the question that is under way, and asks no other.
    @Override
    public void close() {
        closed.countDown();
        api.close();
    }

    private void await(Instant asked, Outcome outcome) throws InterruptedException {
        double chance = ThreadLocalRandom.current().nextDouble();
        boolean ended = false;
        while (!ended) {
            Instant next = schedule.next(asked, outcome, monitor.lastWork(), monitor.awakeUntil(), chance);
            Duration left = Duration.between(clock.instant(), next);
            ended = !left.isPositive()
                    || closed.await((left.compareTo(LOOK) < 0 ? left : LOOK).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Outcome ask(Instant now, Outcome before) throws InterruptedException {
        try {
            ComputeReport report = api.compute(now);
            if (!failure.isEmpty()) {
                LOG.info("Neon's API answers again");
            }
            failure = "";
            told = "";
            take(report);
            use.ask(now, monitor.spentThisMonth()).ifPresent(news -> lastUse = news);
            return new Outcome.Answered();
        } catch (NeonApiException e) {
            return failed(e, before);
        } catch (RuntimeException e) {
            LOG.warn("what Neon's API says could not be taken", e);
            return failed(NeonApi.unavailable("an error: " + e.getClass().getSimpleName()), before);
        }
    }

    private void take(ComputeReport report) {
        Warmup before = monitor.warmup();
        ComputeReport earlier = last;
        if (monitor.reconcile(report)) {
            corrections.incrementAndGet();
            LOG.debug("the compute was not as awake as was thought: {}", report);
        }
        last = report;
        Warmup after = monitor.warmup();
        if (!after.equals(before)) {
            LOG.info(
                    "Neon says: {}. Warm-up goes by that, and no longer by: {} (NEON_SUSPEND_TIMEOUT, NEON_COMPUTE_UNITS)",
                    described(after),
                    described(before));
        } else if (earlier == null) {
            LOG.info("Neon says as configured: {}", described(after));
        }
        if (report.disabled() && (earlier == null || !earlier.disabled())) {
            LOG.warn("Neon says that the compute is disabled: it is not woken until somebody enables it there");
        }
    }

    private Outcome failed(NeonApiException e, Outcome before) {
        if (closed.getCount() == 0) {
            return before;
        }
        String why = String.valueOf(e.getMessage());
        failure = why;
        unanswered.incrementAndGet();
        if (e.lasts()) {
            if (!why.equals(told)) {
                told = why;
                LOG.warn("{}. Until then warm-up goes by its own estimate", why);
            }
            return new Outcome.Refused();
        }
        int times = before instanceof Outcome.Failed(int earlier, Duration _) ? earlier + 1 : 1;
        if (times == 1) {
            LOG.info("{}. Warm-up goes by its own estimate meanwhile", why);
        } else {
            LOG.debug("{}, the {}th time", why, times);
        }
        return new Outcome.Failed(times, e.retryAfter());
    }

    private static String described(Warmup warmup) {
        return (warmup.sleeps() ? "suspended after " + warmup.terms().suspend().toSeconds() + " s" : "never suspended")
                + ", " + warmup.terms().cu() + " CU";
    }
}
