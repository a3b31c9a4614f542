package dev.lectern.neon.admission;

import org.jspecify.annotations.Nullable;

/// Tickets in the order of their coming, any of which can leave at once. A ticket is in one chain at a time.
final class Chain {

    private @Nullable Ticket first;
    private @Nullable Ticket last;
    private int size;

    @Nullable
    Ticket first() {
        return first;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Ticket ticket) {
        ticket.previous = last;
        ticket.next = null;
        if (last == null) {
            first = ticket;
        } else {
            last.next = ticket;
        }
        last = ticket;
        size++;
    }

    void remove(Ticket ticket) {
        Ticket before = ticket.previous;
        Ticket after = ticket.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        ticket.previous = null;
        ticket.next = null;
        size--;
    }
}
