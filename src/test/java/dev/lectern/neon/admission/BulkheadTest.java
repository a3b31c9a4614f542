package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Criticality.BACKGROUND;
import static dev.lectern.neon.admission.Criticality.COMPLETION;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_READ;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkheadTest {

    private static final long LONG = 60_000;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 1", "3, 3, 2", "4, 3, 2", "8, 6, 4", "16, 12, 8", "97, 73, 49"})
    void no_class_but_completions_may_have_everything(int limit, int interactive, int background) {
        assertThat(new Lane(COMPLETION, 0, 0).share(limit)).isEqualTo(limit);
        assertThat(new Lane(INTERACTIVE_WRITE, 0, 0).share(limit)).isEqualTo(interactive);
        assertThat(new Lane(INTERACTIVE_READ, 0, 0).share(limit)).isEqualTo(interactive);
        assertThat(new Lane(BACKGROUND, 0, 0).share(limit)).isEqualTo(background);
    }

    @Test
    void a_class_alone_uses_all_permits_as_long_as_they_come_back() {
        Gate gate = new Gate(16).holding(5, INTERACTIVE_READ);

        gate.offer(16, INTERACTIVE_READ, LONG);

        assertThat(gate.queue.out(INTERACTIVE_READ)).isEqualTo(16);
    }

    @Test
    void a_class_leaves_to_the_others_what_they_used_of_late() {
        Gate gate = new Gate(16).holding(5, INTERACTIVE_READ, INTERACTIVE_WRITE);
        List<Ticket> writes = gate.offer(2, INTERACTIVE_WRITE, LONG);
        gate.pass(5);
        writes.forEach(gate::release);

        gate.offer(16, INTERACTIVE_READ, LONG);

        assertThat(gate.queue.out(INTERACTIVE_READ)).isEqualTo(14);
        assertThat(gate.offer(2, INTERACTIVE_WRITE, LONG)).allMatch(Gate::admitted);
    }

    @Test
    void a_class_that_others_compete_with_has_its_share_at_most() {
        Gate gate = new Gate(16).holding(5, INTERACTIVE_READ, INTERACTIVE_WRITE);
        List<Ticket> writes = gate.offer(16, INTERACTIVE_WRITE, LONG);
        gate.pass(5);
        writes.forEach(gate::release);

        gate.offer(30, INTERACTIVE_READ, LONG);

        assertThat(gate.queue.out(INTERACTIVE_READ)).isEqualTo(12);
    }

    @Test
    void a_class_behind_a_lock_gets_no_more_permits_until_one_comes_back() {
        Gate gate = new Gate(16).holding(5, INTERACTIVE_READ, INTERACTIVE_WRITE);
        List<Ticket> locked = gate.offer(5, INTERACTIVE_WRITE, LONG);
        // Reads go on meanwhile, so that it is not the database that has stopped.
        for (int i = 0; i < 10; i++) {
            Ticket read = gate.offer(INTERACTIVE_READ, LONG);
            gate.pass(5);
            gate.release(read);
        }

        Ticket next = gate.offer(INTERACTIVE_WRITE, LONG);
        assertThat(next).matches(Ticket::waits);
        assertThat(gate.offer(8, INTERACTIVE_READ, LONG)).allMatch(Gate::admitted);

        gate.release(locked.getFirst());
        assertThat(next).matches(Gate::admitted);
    }

    @Test
    void a_class_behind_a_lock_is_refused_sooner_the_longer_it_lasts() {
        Gate gate = new Gate(16).holding(5, INTERACTIVE_READ, INTERACTIVE_WRITE);
        gate.offer(5, INTERACTIVE_WRITE, LONG);
        for (int i = 0; i < 300; i++) {
            Ticket read = gate.offer(INTERACTIVE_READ, LONG);
            gate.pass(5);
            gate.release(read);
        }

        // 5 that have been out for 1.5 s: a turn each 300 ms.
        assertThat(gate.offer(INTERACTIVE_WRITE, 200)).matches(Gate::refused);
        assertThat(gate.offer(INTERACTIVE_WRITE, 2_000)).matches(Ticket::waits);
        assertThat(gate.offer(INTERACTIVE_READ, 200)).matches(Gate::admitted);
    }
}
