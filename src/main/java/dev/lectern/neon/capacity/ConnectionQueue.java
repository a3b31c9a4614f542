package dev.lectern.neon.capacity;

import java.time.Duration;
import java.util.Optional;

/// A pool as a queue with as many servers as it has connections, G/G/c: who must wait and for how long.
///
/// That somebody must wait is as probable as Erlang's C formula says, and for how long, of those who do, is distributed
/// exponentially, as in M/M/c. Its mean is corrected for what holds and arrivals vary, by Allen and Cunneen's
/// approximation (Allen, *Probability, Statistics, and Queueing Theory*, 2nd ed. 1990, section 5.2.5): it is exact for
/// exponential holds and random arrivals, and an approximation for all others. Nobody is refused, and none gives up.
///
/// @param demand what it is asked for
/// @param connections how many it has
public record ConnectionQueue(Demand demand, int connections) {

    private static final int HALVINGS = 60;

    public ConnectionQueue {
        if (connections < 1) {
            throw new IllegalArgumentException("a pool has at least 1 connection");
        }
    }

    /// How much of all connections' time is used: 1 and more where the queue would grow for ever.
    public double utilisation() {
        return demand.inUse() / connections;
    }

    /// Whether the queue has an end.
    public boolean isStable() {
        return utilisation() < 1;
    }

    /// How probable it is that a piece of work must wait, from 0 to 1.
    public double probabilityOfWaiting() {
        return isStable() ? erlangC(connections, demand.inUse()) : 1;
    }

    /// How long the work waits on average; empty where the queue has no end.
    public Optional<Duration> meanWait() {
        return isStable()
                ? Optional.of(TimeDistribution.duration(probabilityOfWaiting() * secondsOfWhoWaits()))
                : Optional.empty();
    }

    /// The wait that so many of a hundred do not exceed, such as 95; empty where the queue has no end.
    public Optional<Duration> waiting(double percent) {
        if (!isStable()) {
            return Optional.empty();
        }
        double beyond = 1 - percent / 100;
        double some = probabilityOfWaiting();
        return Optional.of(
                TimeDistribution.duration(some <= beyond ? 0 : secondsOfWhoWaits() * Math.log(some / beyond)));
    }

    /// The time from asking for a connection to giving it back that so many of a hundred do not exceed; empty where the
    /// queue has no end.
    public Optional<Duration> waitAndHold(double percent) {
        return isStable() ? Optional.of(TimeDistribution.duration(seconds(1 - percent / 100))) : Optional.empty();
    }

    /// Where the sum of a wait and a hold, which do not depend on each other, is exceeded by no more than this share.
    private double seconds(double beyond) {
        double some = probabilityOfWaiting();
        double mean = secondsOfWhoWaits();
        double low = 0;
        double high = demand.holds().parts().getLast().seconds() + mean * Math.max(0, Math.log(some / beyond));
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double exceeding = demand.holds().average(hold -> {
                double left = middle - hold.seconds();
                return left < 0 ? 1 : some * Math.exp(-left / mean);
            });
            if (exceeding > beyond) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// The mean wait of those who wait at all.
    private double secondsOfWhoWaits() {
        // Arrivals are never taken to be calmer than random ones: a minute tells too little of it.
        double varied = (Math.max(1, demand.burstiness()) + demand.holds().variability()) / 2;
        return varied * demand.holds().meanSeconds() / (connections - demand.inUse());
    }

    /// How probable it is that all servers are busy (Erlang, 1917), by the recursion of his B formula, which overflows
    /// nowhere.
    ///
    /// @param load how many are busy on average, less than there are
    static double erlangC(int servers, double load) {
        double blocked = 1;
        for (int n = 1; n <= servers; n++) {
            blocked = load * blocked / (n + load * blocked);
        }
        return blocked / (1 - load / servers * (1 - blocked));
    }
}
