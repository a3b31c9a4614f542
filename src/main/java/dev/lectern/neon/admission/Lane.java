package dev.lectern.neon.admission;

import java.util.concurrent.TimeUnit;

/// What one criticality has waiting and out, and what is known of it.
final class Lane {

    /// A hold that lasts longer than this, and than many times the recent mean, is stuck.
    private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int STUCK_MEANS = 10;

    /// Where none of the class has come back for this long, and for some recent means, it is blocked.
    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int BLOCKED_MEANS = 4;

    /// One or two slow statements are no lock.
    private static final int SEVERAL = 3;

    private final Criticality criticality;
    private final FairQueue waiting = new FairQueue();
    private final Chain out = new Chain();
    private final HoldTime hold = new HoldTime();
    private final Standing standing = new Standing();
    private double average;
    private double usual;
    private double peak;
    private long returned;
    private long resumed;
    private int firsts;
    private boolean blocked;

    Lane(Criticality criticality, int firsts, long now) {
        this.criticality = criticality;
        this.firsts = firsts;
        this.returned = now;
        this.resumed = now;
    }

    Criticality criticality() {
        return criticality;
    }

    FairQueue waiting() {
        return waiting;
    }

    Chain out() {
        return out;
    }

    HoldTime hold() {
        return hold;
    }

    Standing standing() {
        return standing;
    }

    /// The most that this class may have whatever the others do: one that is stuck leaves room for them.
    int share(int limit) {
        return switch (criticality) {
            case COMPLETION -> limit;
            case INTERACTIVE_WRITE, INTERACTIVE_READ -> (3 * limit + 3) / 4;
            case BACKGROUND -> (limit + 1) / 2;
        };
    }

    /// Time passes.
    ///
    /// @param recent what is left of a mean over the recent past
    /// @param longer what is left of a mean over a longer past
    void passes(double recent, double longer) {
        average = out.size() + (average - out.size()) * recent;
        // What it has out while it works off a queue is more than it usually has.
        if (waiting.isEmpty()) {
            usual = out.size() + (usual - out.size()) * recent;
        }
        peak *= longer;
    }

    /// Whether more comes than is served. The first pieces of work take many times as long as all others: that some
    /// wait for them is no overload.
    boolean overloaded() {
        return firsts == 0 && standing.overloaded();
    }

    /// One of its permits came back.
    void returned(long now, Permit.Outcome outcome) {
        firsts = Math.max(0, firsts - 1);
        if (outcome != Permit.Outcome.DROPPED) {
            returned = now;
            blocked = false;
        }
    }

    /// The database goes on after a pause: what is out begins anew.
    void resumes(long now) {
        resumed = now;
        returned = now;
        blocked = false;
    }

    /// The number that is out has changed, or the number that waits.
    void changed(int limit) {
        peak = Math.max(peak, Math.min(out.size() + waiting.size(), limit));
    }

    /// How many were out in the recent past, on average.
    double average() {
        return average;
    }

    /// The same, but for the times when it worked off a queue: that ends.
    double usual() {
        return usual;
    }

    /// How many it wanted at once of late; it fades.
    double peak() {
        return peak;
    }

    /// How many of the permits that are out do not come back as they should.
    int stuck(long now) {
        long bound = Math.max(STUCK, (long) (STUCK_MEANS * hold.recent()));
        int count = 0;
        for (Ticket ticket = out.first(); ticket != null && age(ticket, now) > bound; ticket = ticket.next) {
            count++;
        }
        return count;
    }

    /// Whether several were out for long and none came back meanwhile, as behind a lock on a table: the next would
    /// meet the same, until one comes back or nobody wants any.
    boolean blocked(long now) {
        boolean idle = out.isEmpty() && waiting.isEmpty();
        blocked = !idle && (blocked || blocks(now));
        return blocked;
    }

    /// For how long the oldest has been out.
    long oldest(long now) {
        Ticket first = out.first();
        return first == null ? 0 : age(first, now);
    }

    private boolean blocks(long now) {
        long bound = hold.recent() == 0 ? STUCK : Math.max(BLOCKED, (long) (BLOCKED_MEANS * hold.recent()));
        if (out.size() < SEVERAL || now - returned <= bound) {
            return false;
        }
        Ticket ticket = out.first();
        for (int i = 0; ticket != null && i < SEVERAL; i++) {
            if (age(ticket, now) <= bound) {
                return false;
            }
            ticket = ticket.next;
        }
        return true;
    }

    private long age(Ticket ticket, long now) {
        return Math.min(now - ticket.since(), now - resumed);
    }
}
