package dev.lectern.neon.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The real [PermitQueue] before a simulated database.
final class LecternEntrance implements Entrance {

    private final PermitQueue queue;
    private final BiConsumer<Request, Boolean> decided;
    private final Map<Ticket, Request> waiting = new HashMap<>();

    LecternEntrance(int maximum, BiConsumer<Request, Boolean> decided) {
        this.queue = new PermitQueue(maximum, 0, 0);
        this.decided = decided;
    }

    @Override
    public void arrive(long now, Request request) {
        Ticket ticket = new Ticket(request.criticality, null, request.deadline, null);
        request.ticket = ticket;
        queue.offer(now, ticket);
        if (ticket.waits()) {
            waiting.put(ticket, request);
        } else {
            decided.accept(request, ticket.state() == Ticket.State.ADMITTED);
        }
        tell();
    }

    @Override
    public void begin(long now, Request request) {
        ticket(request).begins(now);
    }

    @Override
    public void finish(long now, Request request, Permit.Outcome outcome) {
        queue.release(now, ticket(request), outcome);
        tell();
    }

    @Override
    public void expire(long now, Request request) {
        queue.expire(now);
        tell();
    }

    @Override
    public void resize(long now, int maximum) {
        queue.resize(now, maximum);
        tell();
    }

    @Override
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public int limit() {
        return queue.limit();
    }

    private static Ticket ticket(Request request) {
        return Objects.requireNonNull(request.ticket);
    }

    private void tell() {
        for (@Nullable Ticket next = queue.pollDecided(); next != null; next = queue.pollDecided()) {
            Request request = Objects.requireNonNull(waiting.remove(next));
            decided.accept(request, next.state() == Ticket.State.ADMITTED);
        }
    }
}
