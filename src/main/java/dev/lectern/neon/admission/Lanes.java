package dev.lectern.neon.admission;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// All criticalities beside each other: what one leaves to the others, and how long one has to wait for them.
final class Lanes {

    /// What is waited at most while a class is overloaded; enough that no permit lies idle.
    static final long TARGET = TimeUnit.MILLISECONDS.toNanos(100);

    /// The wait of whom nobody can say when a turn will come.
    private static final long UNKNOWN = TimeUnit.HOURS.toNanos(1);

    /// Whoever waits for one of few permits, waits for at least so many of them to come back.
    private static final int TURNS = 3;

    /// Shorter than what makes a single hold stuck, so that a pause is never taken for many of these.
    private static final long PAUSED = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int PAUSED_MEANS = 4;

    private final Map<Criticality, Lane> byCriticality = new EnumMap<>(Criticality.class);
    private final List<Lane> lanes;
    private final HoldTime overall = new HoldTime();
    private int out;
    private long lastReleased;

    Lanes(int firsts, long now) {
        for (Criticality criticality : Criticality.values()) {
            byCriticality.put(criticality, new Lane(criticality, firsts, now));
        }
        this.lanes = List.copyOf(byCriticality.values());
        this.lastReleased = now;
    }

    /// The most critical first.
    List<Lane> all() {
        return lanes;
    }

    /// A lane and the less critical ones.
    List<Lane> downFrom(Lane lane) {
        return lanes.subList(lanes.indexOf(lane), lanes.size());
    }

    Lane of(Criticality criticality) {
        return Objects.requireNonNull(byCriticality.get(criticality));
    }

    /// How many permits are out.
    int out() {
        return out;
    }

    void admit(long now, Lane lane, Ticket ticket) {
        if (out == 0) {
            lastReleased = now;
        }
        lane.out().add(ticket);
        out++;
    }

    void release(Lane lane, Ticket ticket) {
        lane.out().remove(ticket);
        out--;
    }

    /// A permit came back.
    ///
    /// @return how long none had, although some were out
    long flows(long now) {
        long passed = Math.max(0, now - lastReleased);
        lastReleased = now;
        return passed;
    }

    /// A permit was held for so long.
    ///
    /// @return how many times what is usual in its class
    double took(Lane lane, long nanos, boolean calm) {
        overall.took((double) nanos, calm);
        return lane.hold().took((double) nanos, calm);
    }

    /// How long whatever comes back has been out of late.
    double recentHold() {
        return overall.recent();
    }

    /// Whether nothing comes back at all: then it is the database that has stopped, and it may go on at any moment.
    boolean paused(long now) {
        return now - lastReleased > Math.max(PAUSED, (long) (PAUSED_MEANS * overall.recent()));
    }

    /// A class may borrow of the room that is kept for the others what they have not used of late, as long as its
    /// own permits come back.
    int allowance(long now, Lane lane, int limit) {
        int share = lane.share(limit);
        if (!paused(now) && lane.blocked(now)) {
            return Math.min(share, (limit + 3) / 4);
        }
        if (lane.out().size() < share || share == limit || lane.stuck(now) > 0) {
            return share;
        }
        double others = 0;
        for (Lane other : lanes) {
            others += other == lane ? 0 : other.peak();
        }
        return limit - (int) Math.min(Math.round(others), limit - share);
    }

    /// What whoever comes waits at most while the class is overloaded.
    long target(Lane lane, int limit) {
        return Math.max(TARGET, (long) (TURNS * hold(lane) / limit));
    }

    /// How many of this class are served within the target.
    double worth(Lane lane, int limit) {
        double hold = hold(lane);
        return hold == 0 ? 0 : (double) TARGET * limit / hold;
    }

    /// How long a ticket that comes now will wait: the work before, over the permits that are there for it.
    long expectedWait(long now, Ticket ticket, int limit) {
        Lane lane = of(ticket.criticality());
        int ahead = lane.waiting().ahead(ticket);
        int allStuck = 0;
        for (Lane each : lanes) {
            allStuck += each.stuck(now);
        }
        boolean paused = paused(now);
        boolean overloaded = lane.overloaded();
        double permits = limit - (paused ? 0 : allStuck);
        double before = (double) Math.max(0, out - limit) * meanHold();
        for (Lane each : lanes) {
            before += (each == lane ? ahead : each.waiting().size()) * hold(each);
            if (each == lane) {
                break;
            }
            double taken = each.overloaded() ? allowance(now, each, limit) : overloaded ? each.average() : each.usual();
            permits -= Math.max(0, taken - (paused ? 0 : each.stuck(now)));
        }
        int stuck = paused ? 0 : lane.stuck(now);
        int own = allowance(now, lane, limit) - stuck;
        if (own <= 0) {
            // Whoever has waited long will wait as long again: nothing better is known of a lock.
            double turn = (double) lane.oldest(now) / Math.max(1, lane.out().size());
            return bounded((ahead + 1) * turn);
        }
        double most = Math.min(permits, own);
        return bounded((before + meanHold()) / Math.max(most, 1e-3));
    }

    private static long bounded(double nanos) {
        return nanos < UNKNOWN ? (long) nanos : UNKNOWN;
    }

    private double hold(Lane lane) {
        double known = lane.hold().recent();
        return known > 0 ? known : meanHold();
    }

    /// Of what is out, how long one is held on average; where nothing is, of what is known.
    double meanHold() {
        double sum = 0;
        double weight = 0;
        for (Lane lane : lanes) {
            double known = lane.hold().recent();
            if (known > 0) {
                double count = lane.out().size() + 0.01;
                sum += count * known;
                weight += count;
            }
        }
        return weight == 0 ? 0 : sum / weight;
    }
}
