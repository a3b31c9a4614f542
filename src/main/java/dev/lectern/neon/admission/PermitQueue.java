package dev.lectern.neon.admission;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Decides who gets a permit, who waits and who is refused. It is told the time, knows no threads, and is used by
/// one at a time.
///
/// Permits go to the most critical, and within one criticality to each requester in turn. A class that has its share
/// leaves the rest to the others. Who would wait beyond the deadline is refused on coming; while a class is
/// overloaded, whoever would wait beyond the target.
final class PermitQueue {

    private final Lanes lanes;
    private final Queue<Ticket> decided = new ArrayDeque<>();
    private final AdaptiveLimit limit;
    private final Flow flow;
    private int waiting;
    private boolean closed;

    /// @param firsts how many pieces of work of a class tell nothing of an overload
    PermitQueue(int maximum, int firsts, long now) {
        this.lanes = new Lanes(firsts, now);
        this.limit = new AdaptiveLimit(maximum, now);
        this.flow = new Flow(lanes, now);
    }

    /// Asks for a permit. The ticket has one, waits, or is refused.
    void offer(long time, Ticket ticket) {
        long now = flow.pass(time);
        limit.look(now);
        if (waiting > 0) {
            serve(now);
        }
        Lane lane = lane(ticket);
        if (closed || ticket.left(now) <= 0) {
            ticket.refused(lanes.expectedWait(now, ticket, limit.limit()));
            return;
        }
        if (lane.waiting().isEmpty() && mayTake(now, lane)) {
            admit(now, lane, ticket);
            return;
        }
        long wait = lanes.expectedWait(now, ticket, limit.limit());
        came(lane);
        if (wait > tolerated(lane, ticket.left(now))) {
            ticket.refused(wait);
        } else {
            ticket.waits(wait, flow.now());
            lane.waiting().add(ticket);
            waiting++;
        }
        lane.changed(limit.maximum());
    }

    /// Takes a permit back.
    void release(long time, Ticket ticket, Permit.Outcome outcome) {
        long now = flow.pass(time);
        boolean first = flow.returned(now);
        Lane lane = lane(ticket);
        boolean bottleneck = waiting > 0;
        boolean calm = 2 * lanes.out() <= limit.maximum();
        lanes.release(lane, ticket);
        ticket.ended();
        lane.returned(now, outcome);
        // Of what was out while the database paused, the first tells as much as all.
        boolean news = first || flow.unpaused(ticket.since());
        if (outcome != Permit.Outcome.IGNORE && news) {
            double ratio = lanes.took(lane, Math.max(1, now - ticket.since()), calm);
            limit.released(now, ratio, outcome, bottleneck);
        }
        serve(now);
        if (!bottleneck) {
            for (Lane each : lanes.all()) {
                each.standing().served();
            }
        }
    }

    /// Refuses the tickets whose deadline has passed.
    ///
    /// @return in how many nanoseconds the next one passes; 0 where nobody waited any more
    long expire(long time) {
        long now = flow.pass(time);
        long nearest = Long.MAX_VALUE;
        for (Lane lane : lanes.all()) {
            for (Ticket each = lane.waiting().oldest(); each != null; ) {
                Ticket following = each.next;
                if (each.left(now) <= 0) {
                    refuse(now, lane, each);
                } else {
                    nearest = Math.min(nearest, each.left(now));
                }
                each = following;
            }
        }
        serve(now);
        return nearest == Long.MAX_VALUE ? 0 : nearest;
    }

    /// Gives up on a ticket that waits.
    void cancel(long time, Ticket ticket) {
        long now = flow.pass(time);
        if (ticket.waits()) {
            leave(lane(ticket), ticket);
            ticket.ended();
        }
        serve(now);
    }

    /// Changes the maximum. Permits that are out beyond it are not replaced when they come back.
    void resize(long time, int maximum) {
        long now = flow.pass(time);
        limit.resize(maximum, now);
        serve(now);
    }

    /// Refuses all who wait and all who come.
    void close(long time) {
        closed = true;
        refuseWaiting(time);
    }

    /// Refuses all who wait.
    void refuseWaiting(long time) {
        long now = flow.pass(time);
        for (Lane lane : lanes.all()) {
            while (!lane.waiting().isEmpty()) {
                refuse(now, lane, lane.waiting().next());
            }
        }
    }

    /// Hands over the tickets that waited and do so no more, since this was last asked.
    @Nullable
    Ticket pollDecided() {
        return decided.poll();
    }

    boolean isClosed() {
        return closed;
    }

    int limit() {
        return limit.limit();
    }

    int maximum() {
        return limit.maximum();
    }

    int out() {
        return lanes.out();
    }

    int out(Criticality criticality) {
        return lanes.of(criticality).out().size();
    }

    int waiting() {
        return waiting;
    }

    boolean overloaded(Criticality criticality) {
        return lanes.of(criticality).overloaded();
    }

    /// Whether a permit could be given to this class now.
    boolean mayTake(long now, Criticality criticality) {
        return mayTake(now, lanes.of(criticality));
    }

    private Lane lane(Ticket ticket) {
        return lanes.of(ticket.criticality());
    }

    private void serve(long now) {
        shed(now);
        while (lanes.out() < limit.limit()) {
            Lane lane = nextToServe(now);
            if (lane == null) {
                break;
            }
            Ticket ticket = lane.waiting().next();
            if (ticket.left(now) <= 0) {
                refuse(now, lane, ticket);
            } else {
                lane.waiting().take();
                fewerWait(lane);
                lanes.downFrom(lane).forEach(each -> each.standing().served());
                admit(now, lane, ticket);
                decided.add(ticket);
            }
        }
    }

    /// What comes in one class is in the way of itself and of the less critical.
    private void came(Lane lane) {
        for (Lane each : lanes.downFrom(lane)) {
            if (each == lane || !each.waiting().isEmpty()) {
                each.standing().came(flow.now(), lanes.worth(each, limit.limit()));
            }
        }
    }

    private @Nullable Lane nextToServe(long now) {
        if (waiting == 0) {
            return null;
        }
        for (Lane lane : lanes.all()) {
            if (!lane.waiting().isEmpty() && mayTake(now, lane)) {
                return lane;
            }
        }
        return null;
    }

    /// Drops first what is stale: it has waited longer than the target, and twice what it was told.
    private void shed(long now) {
        if (waiting == 0) {
            return;
        }
        for (Lane lane : lanes.all()) {
            if (!lane.overloaded() || lane.criticality() == Criticality.COMPLETION) {
                continue;
            }
            long target = lanes.target(lane, limit.limit());
            for (Ticket each = lane.waiting().oldest(); each != null && flow.now() - each.entered() > 2 * target; ) {
                Ticket following = each.next;
                if (flow.now() - each.entered() > 2 * each.expected()) {
                    refuse(now, lane, each);
                }
                each = following;
            }
        }
    }

    private void admit(long now, Lane lane, Ticket ticket) {
        ticket.admitted(now);
        lanes.admit(now, lane, ticket);
        lane.changed(limit.maximum());
    }

    private void refuse(long now, Lane lane, Ticket ticket) {
        leave(lane, ticket);
        ticket.refused(lanes.expectedWait(now, ticket, limit.limit()));
        decided.add(ticket);
    }

    private void leave(Lane lane, Ticket ticket) {
        lane.waiting().remove(ticket);
        fewerWait(lane);
    }

    /// One who waited does so no more.
    private void fewerWait(Lane lane) {
        waiting--;
        if (lane.waiting().isEmpty()) {
            lane.standing().broke();
        }
    }

    private boolean mayTake(long now, Lane lane) {
        return lanes.out() < limit.limit() && lane.out().size() < lanes.allowance(now, lane, limit.limit());
    }

    /// What is paid for already is never refused for the sake of others.
    private long tolerated(Lane lane, long left) {
        boolean strict = lane.criticality() != Criticality.COMPLETION && lane.overloaded();
        return strict ? Math.min(left, lanes.target(lane, limit.limit())) : left;
    }
}
