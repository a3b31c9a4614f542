package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Criticality.BACKGROUND;
import static dev.lectern.neon.admission.Criticality.COMPLETION;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_READ;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PermitQueueTest {

    private static final long LONG = 60_000;

    @Test
    void gives_as_many_permits_as_there_are_and_lets_the_others_wait() {
        Gate gate = new Gate(2);

        List<Ticket> tickets = gate.offer(3, COMPLETION, LONG);

        assertThat(tickets)
                .extracting(Ticket::state)
                .containsExactly(Ticket.State.ADMITTED, Ticket.State.ADMITTED, Ticket.State.WAITING);
        gate.release(tickets.getFirst());
        assertThat(tickets.getLast()).matches(Gate::admitted);
        assertThat(gate.queue.out()).isEqualTo(2);
    }

    @Test
    void serves_the_most_critical_first_and_within_a_criticality_who_came_first() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(COMPLETION, LONG);
        Ticket background = gate.offer(BACKGROUND, LONG);
        Ticket read = gate.offer(INTERACTIVE_READ, LONG);
        Ticket write = gate.offer(INTERACTIVE_WRITE, LONG);
        Ticket completion = gate.offer(COMPLETION, LONG);
        Ticket secondWrite = gate.offer(INTERACTIVE_WRITE, LONG);

        List<Ticket> served = new ArrayList<>();
        gate.release(held);
        for (int i = 0; i < 5; i++) {
            Ticket next = Objects.requireNonNull(gate.queue.pollDecided());
            assertThat(next).matches(Gate::admitted);
            served.add(next);
            gate.release(next);
        }

        assertThat(served).containsExactly(completion, write, secondWrite, read, background);
    }

    @Test
    void refuses_at_once_when_the_wait_would_exceed_the_deadline() {
        Gate gate = new Gate(4).holding(10, INTERACTIVE_READ);
        gate.offer(4 + 40, INTERACTIVE_READ, LONG);

        // 41 turns of 10 ms over 4 permits: about 102 ms.
        assertThat(gate.offer(INTERACTIVE_READ, 90)).matches(Gate::refused);
        assertThat(gate.offer(INTERACTIVE_READ, 120)).matches(Ticket::waits);
        assertThat(gate.offer(INTERACTIVE_WRITE, 20)).matches(Ticket::waits);
    }

    @Test
    void tells_whom_it_refuses_how_long_the_wait_would_have_been() {
        Gate gate = new Gate(4).holding(10, INTERACTIVE_READ);
        gate.offer(4 + 40, INTERACTIVE_READ, LONG);

        Ticket refused = gate.offer(INTERACTIVE_READ, 50);

        assertThat(refused).matches(Gate::refused);
        assertThat(refused.expected() / Gate.MS).isBetween(95L, 115L);
    }

    @Test
    void expects_a_less_critical_class_to_wait_for_what_the_more_critical_usually_use() {
        Gate gate = new Gate(4).holding(10, INTERACTIVE_READ);
        // Completions have all permits, turn after turn.
        Queue<Ticket> out = new ArrayDeque<>(gate.offer(4, COMPLETION, LONG));
        for (int i = 0; i < 400; i++) {
            gate.pass(3);
            gate.release(out.remove());
            out.add(gate.offer(COMPLETION, LONG));
        }

        assertThat(gate.offer(INTERACTIVE_READ, 500)).matches(Gate::refused);
        assertThat(gate.offer(COMPLETION, 500)).matches(Ticket::waits);
    }

    @Test
    void refuses_whose_deadline_has_passed_even_where_permits_lie_ready() {
        Gate gate = new Gate(2);

        assertThat(gate.offer(COMPLETION, 0)).matches(Gate::refused);
        assertThat(gate.queue.out()).isZero();
    }

    @Test
    void takes_a_waiter_out_whose_deadline_passes_and_never_serves_him() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(COMPLETION, LONG);
        Ticket expired = gate.offer(COMPLETION, 30);
        Ticket unnoticed = gate.offer(COMPLETION, 40);
        Ticket patient = gate.offer(COMPLETION, LONG);

        gate.pass(30);
        gate.queue.expire(gate.now);
        assertThat(expired).matches(Gate::refused);
        assertThat(gate.queue.waiting()).isEqualTo(2);

        gate.pass(20);
        gate.release(held);
        assertThat(unnoticed).matches(Gate::refused);
        assertThat(patient).matches(Gate::admitted);
    }

    @Test
    void gives_up_the_place_of_who_does_not_want_it_any_more() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(COMPLETION, LONG);
        Ticket cancelled = gate.offer(COMPLETION, LONG);
        Ticket next = gate.offer(COMPLETION, LONG);

        gate.queue.cancel(gate.now, cancelled);
        gate.release(held);

        assertThat(cancelled.state()).isEqualTo(Ticket.State.ENDED);
        assertThat(next).matches(Gate::admitted);
    }

    @Test
    void shrinks_as_permits_come_back_and_wakes_who_waits_when_it_grows() {
        Gate gate = new Gate(4);
        List<Ticket> out = gate.offer(4, COMPLETION, LONG);
        List<Ticket> waiting = gate.offer(3, COMPLETION, LONG);

        gate.queue.resize(gate.now, 2);
        assertThat(gate.queue.out()).isEqualTo(4);
        gate.release(out.get(0));
        gate.release(out.get(1));
        assertThat(gate.queue.out()).isEqualTo(2);
        gate.release(out.get(2));
        assertThat(waiting.getFirst()).matches(Gate::admitted);

        gate.queue.resize(gate.now, 4);
        assertThat(waiting).allMatch(Gate::admitted);
    }

    @Test
    void refuses_all_once_it_is_closed() {
        Gate gate = new Gate(1);
        Ticket held = gate.offer(COMPLETION, LONG);
        Ticket waiting = gate.offer(COMPLETION, LONG);

        gate.queue.close(gate.now);
        gate.release(held);

        assertThat(waiting).matches(Gate::refused);
        assertThat(gate.offer(COMPLETION, LONG)).matches(Gate::refused);
        assertThat(gate.queue.out()).isZero();
    }
}
