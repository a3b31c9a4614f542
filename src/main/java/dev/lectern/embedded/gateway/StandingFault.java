package dev.lectern.embedded.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A fault in force, with how often it was met and how often it has happened.
final class StandingFault {

    private final Fault.Lasting fault;
    private final long limit;

    @Nullable
    private final Long until;

    private final AtomicLong met = new AtomicLong();
    private final AtomicLong happened = new AtomicLong();

    /// @param lasts null for until it is cleared
    StandingFault(Fault.Lasting fault, @Nullable Duration lasts) {
        Integer count = fault.count();
        this.fault = fault;
        this.limit = count == null ? Long.MAX_VALUE : count;
        this.until = lasts == null ? null : System.nanoTime() + lasts.toNanos();
    }

    Fault.Lasting fault() {
        return fault;
    }

    /// Whether it happens to this one, of which each so manieth is concerned.
    boolean happens(int every) {
        return met.incrementAndGet() % every == 0 && counts();
    }

    /// Whether it happens to this one, when it happens to a share of all.
    boolean happens(double share) {
        long number = met.incrementAndGet();
        return Math.floor(number * share) > Math.floor((number - 1) * share) && counts();
    }

    boolean exhausted() {
        return happened.get() >= limit;
    }

    FaultInForce asItStands() {
        return new FaultInForce(
                fault, happened.get(), until == null ? null : Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }

    private boolean counts() {
        return happened.getAndUpdate(times -> Math.min(limit, times + 1)) < limit;
    }
}
