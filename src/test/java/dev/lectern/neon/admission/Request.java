package dev.lectern.neon.admission;

import org.jspecify.annotations.Nullable;

/// One request of a simulation, and what became of it. Times are nanoseconds of virtual time.
final class Request {

    enum Fate {
        /// It is under way.
        OPEN,
        /// It was answered before its deadline.
        SERVED,
        /// It had a permit, and its deadline passed.
        FAILED,
        /// It never had a permit.
        REFUSED
    }

    final Criticality criticality;
    final long arrival;
    final long deadline;

    /// How long the database alone would take, as a multiple of what it takes on average.
    final double demand;

    Fate fate = Fate.OPEN;
    long ended;
    boolean connected;

    @Nullable
    Ticket ticket;

    Request(Criticality criticality, long arrival, long deadline, double demand) {
        this.criticality = criticality;
        this.arrival = arrival;
        this.deadline = deadline;
        this.demand = demand;
    }

    void ends(Fate as, long now) {
        fate = as;
        ended = now;
    }

    boolean open() {
        return fate == Fate.OPEN;
    }

    double milliseconds() {
        return (ended - arrival) / 1e6;
    }
}
