package dev.lectern.neon.admission;

import java.util.List;

/// A database as far as a simulation needs one: it serves so many statements side by side at full speed; more of them
/// share what there is, and get into each other's way.
///
/// @param alone what an average statement takes alone, in milliseconds
/// @param abreast how many run at full speed
/// @param friction which part of its throughput it loses when as many again run
/// @param connections for how many it has room
/// @param events what happens to it
record DatabaseModel(double alone, int abreast, double friction, int connections, List<Event> events) {

    /// What happens to the database for some time.
    ///
    /// @param kind what
    /// @param from when it begins, in seconds
    /// @param until when it ends
    /// @param size how much; see [Kind]
    record Event(Kind kind, double from, double until, double size) {

        boolean at(double second) {
            return second >= from && second < until;
        }
    }

    enum Kind {
        /// Each statement takes so many times the work.
        SLOW,
        /// Each statement takes so many milliseconds more, whatever the load.
        FAR,
        /// Writes wait for a lock.
        LOCK,
        /// Nothing is answered.
        PAUSE,
        /// There is room for so many connections only.
        SLOTS,
        /// Every tenth read takes so many times the work.
        ODD_READS
    }

    /// How many milliseconds a statement takes that begins now.
    double takes(Request request, double second, int running) {
        double work = alone * request.demand * factor(Kind.SLOW, second);
        if (request.criticality == Criticality.INTERACTIVE_READ && request.arrival % 10 == 0) {
            work *= factor(Kind.ODD_READS, second);
        }
        return work * crowd(running) + (has(Kind.FAR, second) ? factor(Kind.FAR, second) : 0);
    }

    /// How many statements of the average kind it can serve in a second.
    double capacity(double second) {
        if (has(Kind.PAUSE, second)) {
            return 0;
        }
        double best = 0;
        double far = has(Kind.FAR, second) ? factor(Kind.FAR, second) : 0;
        for (int running = 1; running <= room(second); running++) {
            best = Math.max(best, 1000 * running / (alone * factor(Kind.SLOW, second) * crowd(running) + far));
        }
        return best;
    }

    /// For how many connections there is room.
    int room(double second) {
        return has(Kind.SLOTS, second) ? (int) factor(Kind.SLOTS, second) : connections;
    }

    /// When a statement that would end at a moment does end.
    double end(Request request, double second) {
        double ends = second;
        for (Event event : events) {
            boolean held = event.kind() == Kind.PAUSE
                    || (event.kind() == Kind.LOCK && request.criticality == Criticality.INTERACTIVE_WRITE);
            if (held && event.at(ends)) {
                ends = event.until() + 0.001 * alone * request.demand;
            }
        }
        return ends;
    }

    /// Whether a statement that begins now only waits, and is in nobody's way.
    boolean waits(Request request, double second) {
        return request.criticality == Criticality.INTERACTIVE_WRITE && has(Kind.LOCK, second);
    }

    private double crowd(int running) {
        double more = Math.max(0, (double) running / abreast - 1);
        return Math.max(1, (double) running / abreast) * (1 + friction * more);
    }

    private boolean has(Kind kind, double second) {
        return events.stream().anyMatch(event -> event.kind() == kind && event.at(second));
    }

    private double factor(Kind kind, double second) {
        for (Event event : events) {
            if (event.kind() == kind && event.at(second)) {
                return event.size();
            }
        }
        return 1;
    }
}
