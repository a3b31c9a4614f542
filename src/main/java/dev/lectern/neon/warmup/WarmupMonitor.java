package dev.lectern.neon.warmup;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sees from the work of the connection layer when readers come, when the compute sleeps and wakes, and what that
/// costs: the memory that the policy decides by, and the ledger.
public final class WarmupMonitor implements NeonListener {

    /// Bound while the running thread makes a touch, so that it is not taken for a reader.
    static final ScopedValue<Boolean> TOUCHING = ScopedValue.newInstance();

    /// How often what was noted is kept while readers come and nothing else keeps it.
    private static final Duration KEPT_EVERY = Duration.ofMinutes(10);

    /// What a touch would meet where Neon says that the compute cannot be woken.
    private static final Down DISABLED = new Down(Down.Reason.ENDPOINT);

    /// Says nothing of the compute.
    private static final Down PAUSED = new Down(Down.Reason.PAUSED);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Picture picture;
    private final Warmth warmth;
    private WarmupLedger total = WarmupLedger.EMPTY;
    private WarmupLedger unsaved = WarmupLedger.EMPTY;
    private @Nullable Down halted;
    private boolean touching;
    private Instant keptAt;
    private volatile Runnable keeping = () -> {};

    /// One that remembers nothing yet.
    ///
    /// @param zone whose hours of the week count
    public WarmupMonitor(Warmup warmup, ZoneId zone, InstantSource clock) {
        this.clock = clock;
        this.keptAt = clock.instant();
        this.picture = new Picture(warmup, zone, clock.instant());
        this.warmth = picture.warmth();
    }

    /// Remembers what an earlier process did.
    ///
    /// @param cuHours what warm-up has added in this month
    public void restore(ArrivalHistory earlier, double cuHours) {
        locked(() -> {
            picture.restore(earlier, cuHours, clock.instant());
            return null;
        });
    }

    /// Takes what Neon says of the compute: its suspend timeout and size from now on, and whether it is awake, where
    /// that does not contradict work that was done.
    ///
    /// @return whether the compute had been awake, or had slept, for longer than was thought
    public boolean reconcile(ComputeReport report) {
        return locked(() -> {
            if (report.disabled() && halted == null) {
                halted = DISABLED;
            } else if (!report.disabled() && DISABLED.equals(halted)) {
                halted = null;
            }
            Instant now = clock.instant();
            double before = warmth.spending().spent(now);
            boolean corrected = picture.reconcile(report);
            noteSpent(now, before);
            return corrected;
        });
    }

    /// The policy, on the terms that are known by now.
    public Warmup warmup() {
        return locked(picture::warmup);
    }

    /// When there was work last that keeps the compute awake; [Instant#MIN] before the first.
    public Instant lastWork() {
        return locked(() -> warmth.worked() == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(warmth.worked()));
    }

    /// Until when the compute is awake if nobody comes, or was.
    public Instant awakeUntil() {
        return locked(() -> Instant.ofEpochMilli(warmth.awakeUntil()));
    }

    /// What is to be done next.
    public Plan plan() {
        return locked(() -> {
            Down cause = halted;
            return cause == null
                    ? picture.plan(clock.instant())
                    : new Plan(
                            Instant.MAX,
                            false,
                            () -> "warm-up rests until readers are served again: "
                                    + cause.reason().text());
        });
    }

    /// Whether waking for a reader who may be about to ask is of use and within the budget.
    boolean mayWakeEarly() {
        return locked(() -> halted == null && picture.mayWakeEarly(clock.instant()));
    }

    /// The totals since this process began.
    public WarmupLedger ledger() {
        return locked(() -> total);
    }

    /// What warm-up has added in this month, in CU-hours.
    public double spentThisMonth() {
        return locked(() -> warmth.spending().spent(clock.instant()));
    }

    /// Until when there is no warm-up because the month's budget is spent; empty where it is not.
    public Optional<Instant> spentUntil() {
        return locked(() -> picture.warmup().isSpent(warmth.spending(), clock.instant())
                ? Optional.of(warmth.spending().nextMonth(clock.instant()))
                : Optional.empty());
    }

    /// Takes what was not kept yet, with the history as it is.
    ///
    /// @return what [#putBack] takes where keeping it failed
    public Unsaved takeUnsaved() {
        return locked(() -> {
            Unsaved taken = new Unsaved(unsaved, picture.history().toBytes());
            unsaved = WarmupLedger.EMPTY;
            keptAt = clock.instant();
            return taken;
        });
    }

    /// Takes back what could not be kept.
    public void putBack(Unsaved taken) {
        locked(() -> unsaved = unsaved.plus(taken.ledger()));
    }

    /// Sets what keeps the ledger: it is run just after readers' work, when the compute is awake anyway.
    void keepsWith(Runnable touch) {
        keeping = touch;
    }

    /// A touch begins.
    void touching() {
        locked(() -> touching = true);
    }

    /// A touch has ended, and did what it should or not.
    void touched(boolean done) {
        locked(() -> {
            touching = false;
            if (!done) {
                return null;
            }
            account(() -> warmth.touched(clock.millis()));
            note(WarmupLedger::touched);
            return null;
        });
    }

    /// A touch failed for a reason that only a person can mend: there are no more until readers are served again.
    void halt(Down cause) {
        locked(() -> halted = cause);
    }

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        if (isReader(criticality)) {
            locked(() -> {
                long now = clock.millis();
                picture.history().arrived(Instant.ofEpochMilli(now - waited.toMillis()));
                if (warmth.keptWarm(now)) {
                    note(WarmupLedger::avoidedOne);
                }
                account(() -> warmth.used(now));
                return null;
            });
        }
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        if (isReader(criticality) && failure instanceof Waking) {
            locked(() -> {
                picture.history().arrived(Instant.ofEpochMilli(clock.millis() - waited.toMillis()));
                note(ledger -> ledger.cold(waited));
                return null;
            });
        }
    }

    @Override
    public void databaseAwaited(Criticality criticality, Duration waited) {
        if (isReader(criticality)) {
            locked(() -> {
                note(ledger -> ledger.cold(waited));
                return null;
            });
        }
    }

    @Override
    public void databaseWoke(Duration took) {
        locked(() -> {
            boolean forReader = !touching;
            note(ledger -> ledger.woke(took, forReader));
            return null;
        });
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        if (!TOUCHING.isBound()) {
            boolean due = locked(() -> {
                account(() -> warmth.used(clock.millis()));
                halted = null;
                return picture.warmup().isActive() && keptAt.plus(KEPT_EVERY).isBefore(clock.instant());
            });
            if (due) {
                keeping.run();
            }
        }
    }

    @Override
    public void stateChanged(DatabaseState before, DatabaseState after) {
        boolean away = after.status() == Status.WAKING || after.status() == Status.DOWN;
        if (away && !PAUSED.equals(after.cause())) {
            wentAway();
        }
    }

    /// It was seen to be away: it is not awake until work is done again.
    void wentAway() {
        locked(() -> {
            warmth.away(clock.millis());
            return null;
        });
    }

    /// Why there is no warm-up at present, where something must be mended first.
    public Optional<Down> halted() {
        return locked(() -> Optional.ofNullable(halted));
    }

    private static boolean isReader(Criticality criticality) {
        return criticality == Criticality.INTERACTIVE_READ || criticality == Criticality.INTERACTIVE_WRITE;
    }

    private void note(UnaryOperator<WarmupLedger> what) {
        total = what.apply(total);
        unsaved = what.apply(unsaved);
    }

    private void account(Runnable what) {
        Instant now = clock.instant();
        double before = warmth.spending().spent(now);
        what.run();
        noteSpent(now, before);
    }

    private void noteSpent(Instant now, double before) {
        double more = warmth.spending().spent(now) - before;
        if (more != 0) {
            note(ledger -> ledger.spent(more));
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }
}
