package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Permit.Outcome.SUCCESS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [PermitQueue] in virtual time, as tests drive it.
final class Gate {

    static final long MS = 1_000_000;

    final PermitQueue queue;
    long now;

    Gate(int maximum) {
        this(maximum, 0);
    }

    /// One whose first pieces of work tell nothing of an overload.
    Gate(int maximum, int firsts) {
        this.queue = new PermitQueue(maximum, firsts, 0);
    }

    Ticket offer(Criticality criticality, long patienceMs) {
        return offer(criticality, patienceMs, null);
    }

    /// For whoever has this name; null for nobody.
    Ticket offer(Criticality criticality, long patienceMs, @Nullable String name) {
        Requester requester = name == null ? null : new Requester(name);
        Ticket ticket = new Ticket(criticality, requester, now + patienceMs * MS, null);
        queue.offer(now, ticket);
        return ticket;
    }

    List<Ticket> offer(int count, Criticality criticality, long patienceMs) {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tickets.add(offer(criticality, patienceMs));
        }
        return tickets;
    }

    void pass(long ms) {
        now += ms * MS;
    }

    void release(Ticket ticket) {
        release(ticket, SUCCESS);
    }

    void release(Ticket ticket, Permit.Outcome outcome) {
        queue.release(now, ticket, outcome);
    }

    /// Teaches what a hold takes, by so many of them one after another.
    Gate holding(long ms, Criticality... criticalities) {
        for (Criticality criticality : criticalities) {
            for (int i = 0; i < 50; i++) {
                Ticket ticket = offer(criticality, 60_000);
                pass(ms);
                release(ticket);
            }
        }
        // What somebody else wanted of late is forgotten after seconds.
        pass(20_000);
        return this;
    }

    static boolean admitted(Ticket ticket) {
        return ticket.state() == Ticket.State.ADMITTED;
    }

    static boolean refused(Ticket ticket) {
        return ticket.state() == Ticket.State.REFUSED;
    }
}
