package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.monitor.ServerSlots;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many connections this process may have: what it asks for, its share of what the server has, and no more than
/// the server gives while others hold the rest.
final class Capacity {

    private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);

    private final Budget budget;
    private final IntConsumer maximum;
    private final IntConsumer permits;
    private int asked;
    private @Nullable ServerLimits limits;
    private int most;
    private int given = Integer.MAX_VALUE;

    /// @param maximum takes how many connections the pool may have
    /// @param permits takes how many permits there are
    Capacity(int asked, Budget budget, IntConsumer maximum, IntConsumer permits) {
        this.asked = asked;
        this.most = asked;
        this.budget = budget;
        this.maximum = maximum;
        this.permits = permits;
    }

    /// The server's limits are known, or known anew: a compute may have been resized while it slept.
    synchronized void learn(ServerLimits found) {
        if (!found.equals(limits)) {
            limits = found;
            warnOfExcess();
        }
        apply();
    }

    /// Another number is asked for.
    synchronized void ask(int other) {
        if (other < 1) {
            throw new IllegalArgumentException("the maximum must be at least 1");
        }
        asked = other;
        warnOfExcess();
        apply();
    }

    /// The server has no more than what is held. One permit more than that remains, so that somebody tries: whoever
    /// has it is given the next connection that comes back, or the first new one.
    synchronized void full(int held) {
        given = held + 1;
        apply();
    }

    /// The server has given one more.
    synchronized void roomAgain() {
        if (given != Integer.MAX_VALUE) {
            given = Integer.MAX_VALUE;
            apply();
        }
    }

    /// How many connections there may be at most.
    synchronized int maximum() {
        return most;
    }

    /// How many connections are asked for.
    synchronized int asked() {
        return asked;
    }

    /// What the server said of its connections last; null before that.
    synchronized @Nullable ServerSlots server() {
        ServerLimits known = limits;
        return known == null ? null : new ServerSlots(known.maximum(), known.reserved());
    }

    private void apply() {
        most = limits == null ? asked : limits.share(asked, budget);
        maximum.accept(most);
        permits.accept(Math.min(most, given));
    }

    private void warnOfExcess() {
        ServerLimits known = limits;
        if (known != null && known.exceededBy(asked, budget)) {
            LOG.warn(
                    "{} replicas with {} connections each would have {}, and the server has {} for all"
                            + " ({} of {} usable, less {} as head-room): this process uses {}",
                    budget.replicas(),
                    asked,
                    (long) asked * budget.replicas(),
                    known.usable() - budget.headRoom(),
                    known.usable(),
                    known.maximum(),
                    budget.headRoom(),
                    known.share(asked, budget));
        }
    }
}
