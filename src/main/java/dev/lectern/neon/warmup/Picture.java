package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What warm-up goes by: the policy and its terms, until when the compute is awake, and the readers' arrivals.
///
/// Lectern makes it of its own work. What Neon says corrects it, where it does not contradict work that was done. Not
/// thread-safe.
final class Picture {

    /// By how much Neon's clock may differ from the one here, and how late Neon's API may know of work.
    private static final long SLACK = Duration.ofSeconds(10).toMillis();

    private final ZoneId zone;
    private final Warmup configured;
    private final Warmth warmth;
    private Warmup warmup;
    private ArrivalHistory history;

    /// What was learned with another suspend timeout, which may turn out to be the compute's.
    private @Nullable ArrivalHistory otherHistory;

    /// One that remembers nothing yet.
    ///
    /// @param zone whose hours of the week count
    Picture(Warmup configured, ZoneId zone, Instant now) {
        this.zone = zone;
        this.configured = configured;
        this.warmup = configured;
        this.history = new ArrivalHistory(zone, configured.terms().suspend());
        this.warmth = new Warmth(configured.terms(), now.toEpochMilli());
    }

    /// The policy, on the terms that are known by now.
    Warmup warmup() {
        return warmup;
    }

    Warmth warmth() {
        return warmth;
    }

    ArrivalHistory history() {
        return history;
    }

    /// Remembers what an earlier process did.
    void restore(ArrivalHistory earlier, double cuHours, Instant now) {
        if (fits(earlier)) {
            history.last().ifPresent(earlier::arrived);
            history = earlier;
        } else {
            otherHistory = earlier;
        }
        warmth.spending().add(now, cuHours);
    }

    /// What is to be done next.
    Plan plan(Instant now) {
        return warmup.next(history, Instant.ofEpochMilli(warmth.awakeUntil()), now, warmth.spending());
    }

    /// Whether waking for a reader who may be about to ask is of use and within the budget.
    boolean mayWakeEarly(Instant now) {
        return warmup.sleeps() && warmth.asleep(now.toEpochMilli()) && !warmup.isSpent(warmth.spending(), now);
    }

    /// Takes Neon's word.
    ///
    /// @return whether the compute had been awake, or had slept, for longer than was thought
    boolean reconcile(ComputeReport report) {
        goBy(configured.on(report), report.askedAt());
        return switch (report.state()) {
            case IDLE -> slept(report);
            case ACTIVE -> usedByOthers(report);
            case CHANGING, UNKNOWN -> false;
        };
    }

    private void goBy(Warmup other, Instant now) {
        if (!other.terms().equals(warmup.terms())) {
            warmth.goBy(other.terms(), now.toEpochMilli());
        }
        warmup = other;
        if (!fits(history)) {
            ArrivalHistory before = history;
            ArrivalHistory kept = otherHistory;
            history = kept != null && fits(kept)
                    ? kept
                    : new ArrivalHistory(zone, other.terms().suspend());
            before.last().ifPresent(history::arrived);
            otherHistory = before;
        }
    }

    /// Neon says that the compute is suspended.
    private boolean slept(ComputeReport report) {
        long asked = report.askedAt().toEpochMilli();
        long since =
                Math.min(asked, report.suspendedAt().map(Instant::toEpochMilli).orElse(asked));
        if (since < warmth.worked() || asked - SLACK < warmth.worked() || since + SLACK >= warmth.awakeUntil()) {
            return false;
        }
        warmth.slept(since, asked);
        return true;
    }

    /// Neon says that the compute is awake: somebody else may have kept it so.
    private boolean usedByOthers(ComputeReport report) {
        long asked = report.askedAt().toEpochMilli();
        long last = report.lastActive()
                .map(active -> Math.min(asked, active.toEpochMilli()))
                .orElse(0L);
        if (last - SLACK < warmth.worked() || last + warmup.terms().suspend().toMillis() <= asked) {
            return false;
        }
        warmth.used(last);
        return true;
    }

    private boolean fits(ArrivalHistory other) {
        return other.fits(zone, warmup.terms().suspend());
    }
}
