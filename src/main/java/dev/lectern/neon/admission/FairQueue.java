package dev.lectern.neon.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Who waits in one class. Requesters take turns, each with the ticket of his that came first.
final class FairQueue {

    private final Chain all = new Chain();

    /// Those of each requester, in the order of turns.
    private final SequencedMap<Object, Deque<Ticket>> turns = new LinkedHashMap<>();

    /// The one that came first of all. Those that came after it follow.
    @Nullable
    Ticket oldest() {
        return all.first();
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(Ticket ticket) {
        all.add(ticket);
        turns.computeIfAbsent(ticket.requester(), requester -> new ArrayDeque<>(1))
                .add(ticket);
    }

    void remove(Ticket ticket) {
        all.remove(ticket);
        Deque<Ticket> own = own(ticket);
        own.remove(ticket);
        if (own.isEmpty()) {
            turns.remove(ticket.requester());
        }
    }

    /// Whose turn it is, of a queue that is not empty.
    Ticket next() {
        return turns.firstEntry().getValue().getFirst();
    }

    /// Takes out whose turn it is; it is the others' turn then.
    Ticket take() {
        Ticket ticket = next();
        Deque<Ticket> own = own(ticket);
        remove(ticket);
        if (!own.isEmpty()) {
            turns.putLast(ticket.requester(), own);
        }
        return ticket;
    }

    /// How many will have been served before a ticket that comes now: all of its own requester's, and of each other one
    /// as many and one more.
    int ahead(Ticket ticket) {
        Deque<Ticket> own = turns.get(ticket.requester());
        int round = own == null ? 1 : own.size() + 1;
        int before = 0;
        for (Deque<Ticket> each : turns.values()) {
            before += Math.min(each.size(), round);
        }
        return before;
    }

    private Deque<Ticket> own(Ticket ticket) {
        return Objects.requireNonNull(turns.get(ticket.requester()));
    }
}
