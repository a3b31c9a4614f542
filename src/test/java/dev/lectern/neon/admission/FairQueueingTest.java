package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Criticality.COMPLETION;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Whoever asks for much is in his own way.
class FairQueueingTest {

    private static final long LONG = 60_000;

    @Test
    void requesters_take_turns_and_each_is_served_in_the_order_of_his_coming() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(INTERACTIVE_READ, LONG);
        Ticket first = gate.offer(INTERACTIVE_READ, LONG, "greedy");
        Ticket second = gate.offer(INTERACTIVE_READ, LONG, "greedy");
        Ticket third = gate.offer(INTERACTIVE_READ, LONG, "greedy");
        Ticket nobody = gate.offer(INTERACTIVE_READ, LONG);
        Ticket modest = gate.offer(INTERACTIVE_READ, LONG, "modest");
        Ticket again = gate.offer(INTERACTIVE_READ, LONG, "modest");
        Ticket nobodyElse = gate.offer(INTERACTIVE_READ, LONG);

        assertThat(served(gate, held)).containsExactly(first, nobody, modest, nobodyElse, second, again, third);
    }

    @Test
    void one_who_gives_up_leaves_the_turn_to_what_came_after() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(INTERACTIVE_READ, LONG);
        Ticket first = gate.offer(INTERACTIVE_READ, LONG, "greedy");
        Ticket second = gate.offer(INTERACTIVE_READ, LONG, "greedy");
        Ticket modest = gate.offer(INTERACTIVE_READ, LONG, "modest");
        Ticket last = gate.offer(INTERACTIVE_READ, LONG, "greedy");

        gate.queue.cancel(gate.now, first);

        assertThat(served(gate, held)).containsExactly(second, modest, last);
    }

    @Test
    void whom_it_refuses_for_a_long_wait_is_he_who_has_made_it_long() {
        Gate gate = new Gate(4).holding(10, INTERACTIVE_READ);
        for (int i = 0; i < 4 + 40; i++) {
            gate.offer(INTERACTIVE_READ, LONG, "greedy");
        }

        // 41 turns of 10 ms over 4 permits for the one, two for the other.
        assertThat(gate.offer(INTERACTIVE_READ, 90, "greedy")).matches(Gate::refused);
        Ticket modest = gate.offer(INTERACTIVE_READ, 20, "modest");
        assertThat(modest).matches(Ticket::waits);
        assertThat(modest.expected() / Gate.MS).isBetween(3L, 8L);
    }

    @Test
    void the_more_critical_are_served_first_whosever_turn_it_is() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(INTERACTIVE_READ, LONG);
        Ticket modest = gate.offer(INTERACTIVE_READ, LONG, "modest");
        Ticket first = gate.offer(COMPLETION, LONG, "greedy");
        Ticket second = gate.offer(COMPLETION, LONG, "greedy");

        assertThat(served(gate, held)).containsExactly(first, second, modest);
    }

    @Test
    void in_an_overload_by_one_requester_all_others_are_served_and_no_permit_lies_idle() {
        Gate gate = new Gate(4).holding(10, INTERACTIVE_READ);

        Map<String, Tally> tallies = run(gate, 5_000, Map.of("greedy", 4, "modest", 0, "also modest", 0));

        Tally modest = Objects.requireNonNull(tallies.get("modest"));
        assertThat(modest.refused).isZero();
        assertThat(modest.longest).isLessThanOrEqualTo(20);
        assertThat(Objects.requireNonNull(tallies.get("also modest")).refused).isZero();
        Tally greedy = Objects.requireNonNull(tallies.get("greedy"));
        assertThat(greedy.refused).isPositive();
        // 400 each second in all; the two others took 100 of them.
        assertThat(greedy.served).isBetween(5 * 285, 5 * 300 + 4);
    }

    /// What became of one requester's tickets.
    private static final class Tally {

        private int served;
        private int refused;
        private long longest;
    }

    private record Waiting(Ticket ticket, String name, long since) {}

    private record Out(Ticket ticket, long until) {}

    /// So many milliseconds, of holds of ten. Each requester offers a ticket every twenty, and further ones every
    /// single millisecond.
    private static Map<String, Tally> run(Gate gate, int milliseconds, Map<String, Integer> further) {
        Map<String, Tally> tallies = new HashMap<>();
        Queue<Out> out = new ArrayDeque<>();
        Queue<Waiting> waiting = new ArrayDeque<>();
        for (int ms = 0; ms < milliseconds; ms++) {
            for (Out each = out.peek(); each != null && each.until() <= gate.now; each = out.peek()) {
                gate.release(out.remove().ticket());
            }
            gate.queue.expire(gate.now);
            for (Map.Entry<String, Integer> requester : further.entrySet()) {
                int count = requester.getValue() + (ms % 20 == 0 ? 1 : 0);
                for (int i = 0; i < count; i++) {
                    Ticket ticket = gate.offer(INTERACTIVE_READ, 3_000, requester.getKey());
                    waiting.add(new Waiting(ticket, requester.getKey(), gate.now));
                }
            }
            for (int left = waiting.size(); left > 0; left--) {
                Waiting each = waiting.remove();
                if (!decided(gate, each, out, tallies)) {
                    waiting.add(each);
                }
            }
            gate.pass(1);
        }
        return tallies;
    }

    private static boolean decided(Gate gate, Waiting each, Queue<Out> out, Map<String, Tally> tallies) {
        Tally tally = tallies.computeIfAbsent(each.name(), name -> new Tally());
        if (each.ticket().waits()) {
            return false;
        }
        tally.longest = Math.max(tally.longest, (gate.now - each.since()) / Gate.MS);
        if (Gate.admitted(each.ticket())) {
            tally.served++;
            out.add(new Out(each.ticket(), gate.now + 10 * Gate.MS));
        } else {
            tally.refused++;
        }
        return true;
    }

    /// Whom one permit serves, from one to the next.
    private static List<Ticket> served(Gate gate, Ticket held) {
        List<Ticket> served = new ArrayList<>();
        gate.release(held);
        for (Ticket next = gate.queue.pollDecided(); next != null; next = gate.queue.pollDecided()) {
            assertThat(next).matches(Gate::admitted);
            served.add(next);
            gate.release(next);
        }
        return served;
    }
}
