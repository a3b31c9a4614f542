package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Criticality.COMPLETION;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Four permits, each held for 4 ms: one comes back each millisecond.
class OverloadTest {

    private static final long PATIENCE = 2_000;

    private final Gate gate = new Gate(4).holding(4, INTERACTIVE_READ, COMPLETION);
    private final Queue<Ticket> out = new ArrayDeque<>();
    private final List<Ticket> came = new ArrayList<>();

    @Test
    void a_queue_that_grows_for_an_interval_is_an_overload_and_then_only_the_target_is_waited() {
        millisecond(60, 5);
        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isFalse();
        assertThat(gate.queue.waiting()).isGreaterThan(200);

        millisecond(100, 5);
        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isTrue();
        Ticket next = gate.offer(INTERACTIVE_READ, PATIENCE);
        assertThat(next).matches(Gate::refused);

        // What waited before was promised a permit before its deadline, and gets it.
        millisecond(300, 5);
        assertThat(came.subList(0, 200)).allMatch(ticket -> ticket.state() == Ticket.State.ENDED);
        millisecond(300, 5);
        assertThat(gate.queue.waiting()).isBetween(80, 101);
    }

    @Test
    void the_overload_ends_when_less_comes_than_is_served() {
        millisecond(600, 5);
        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isTrue();

        for (int i = 0; i < 400; i++) {
            millisecond(1, 1);
            millisecond(1, 0);
        }

        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isFalse();
        assertThat(gate.queue.waiting()).isZero();
    }

    @Test
    void a_burst_is_none_however_large() {
        came.addAll(gate.offer(1_000, INTERACTIVE_READ, PATIENCE));
        came.stream().filter(Gate::admitted).forEach(out::add);
        for (int i = 0; i < 400; i++) {
            millisecond(1, i % 10 < 6 ? 1 : 0);
            assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isFalse();
        }
        assertThat(came).noneMatch(Gate::refused);
    }

    @Test
    void the_first_pieces_of_work_are_waited_for_as_long_as_the_deadline_lets() {
        int firsts = 20;
        Gate cold = new Gate(4, firsts);
        for (int ms = 1; ms <= 100; ms++) {
            came.add(cold.offer(INTERACTIVE_READ, PATIENCE));
            cold.pass(1);
            if (ms % 10 == 0) {
                releaseOldest(cold);
            }
        }
        assertThat(came).noneMatch(Gate::refused);
        assertThat(cold.queue.overloaded(INTERACTIVE_READ)).isFalse();
        assertThat(cold.offer(INTERACTIVE_READ, 100)).matches(Gate::refused);

        for (int release = 10; release < firsts; release++) {
            cold.pass(10);
            releaseOldest(cold);
        }
        assertThat(cold.queue.overloaded(INTERACTIVE_READ)).isTrue();
        assertThat(cold.offer(INTERACTIVE_READ, PATIENCE)).matches(Gate::refused);
    }

    private void releaseOldest(Gate gate) {
        gate.release(came.stream().filter(Gate::admitted).findFirst().orElseThrow());
    }

    @Test
    void completions_are_exempt() {
        millisecond(200, 5);
        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isTrue();
        for (int i = 0; i < 200; i++) {
            assertThat(gate.offer(COMPLETION, PATIENCE)).matches(Ticket::waits);
        }
        assertThat(gate.offer(COMPLETION, 100)).matches(Gate::refused);
    }

    @Test
    void who_waits_much_longer_than_was_expected_is_dropped_before_others_are_served() {
        millisecond(600, 5);
        gate.queue.pollDecided();
        Ticket waiting = gate.offer(INTERACTIVE_READ, PATIENCE);
        for (int i = 0; !waiting.waits() && i < 10; i++) {
            millisecond(1, 0);
            waiting = gate.offer(INTERACTIVE_READ, PATIENCE);
        }
        assertThat(waiting).matches(Ticket::waits);

        // Completions take every turn, so that the reads wait on.
        for (int i = 0; i < 250; i++) {
            gate.offer(COMPLETION, PATIENCE);
            millisecond(1, 0);
        }

        assertThat(waiting).matches(Gate::refused);
    }

    @Test
    void after_a_pause_of_the_database_nobody_who_waited_is_dropped() {
        millisecond(100, 1);
        for (int i = 0; i < 1_200; i++) {
            gate.pass(1);
            came.add(gate.offer(INTERACTIVE_READ, 4_000));
        }
        assertThat(gate.queue.waiting()).isGreaterThan(1_000);

        for (int i = 0; i < 2_500; i++) {
            millisecond(1, i % 10 < 6 ? 1 : 0);
        }

        assertThat(came).noneMatch(Gate::refused);
        assertThat(gate.queue.overloaded(INTERACTIVE_READ)).isFalse();
    }

    @Test
    void a_few_waiters_are_let_in_even_where_one_hold_takes_longer_than_the_target() {
        Gate slow = new Gate(1).holding(100, INTERACTIVE_READ);
        Ticket held = slow.offer(INTERACTIVE_READ, PATIENCE);
        for (int i = 0; i < 20; i++) {
            slow.offer(2, INTERACTIVE_READ, 10_000);
            slow.pass(100);
            slow.release(held);
            held = Objects.requireNonNull(slow.queue.pollDecided());
            for (Ticket other = slow.queue.pollDecided(); other != null; other = slow.queue.pollDecided()) {
                held = Gate.admitted(other) ? other : held;
            }
        }
        assertThat(slow.queue.overloaded(INTERACTIVE_READ)).isTrue();
        assertThat(slow.queue.waiting()).isBetween(1, 6);
    }

    /// For so many milliseconds one permit comes back in each, and so many come.
    private void millisecond(int times, int coming) {
        for (int i = 0; i < times; i++) {
            gate.pass(1);
            if (!out.isEmpty() && gate.now - out.element().since() >= 4 * Gate.MS) {
                gate.release(out.remove());
            }
            for (Ticket next = gate.queue.pollDecided(); next != null; next = gate.queue.pollDecided()) {
                if (Gate.admitted(next)) {
                    out.add(next);
                }
            }
            for (Ticket next : gate.offer(coming, INTERACTIVE_READ, PATIENCE)) {
                came.add(next);
                if (Gate.admitted(next)) {
                    out.add(next);
                }
            }
        }
    }
}
