package dev.lectern.neon.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HoldTimeTest {

    private final HoldTime hold = new HoldTime();

    @Test
    void follows_a_change_of_ten_times_within_few_holds() {
        took(50, 5);
        took(30, 50);

        assertThat(hold.recent()).isCloseTo(50, within(10.0));
    }

    @Test
    void is_hardly_moved_by_a_single_hold_however_long() {
        took(50, 5);
        hold.took(60_000, false);

        assertThat(hold.recent()).isLessThan(6);
    }

    @Test
    void takes_a_load_that_stays_never_for_the_usual() {
        took(50, 5);
        for (int i = 0; i < 10_000; i++) {
            hold.took(15, false);
        }

        assertThat(hold.took(15, false)).isCloseTo(3, within(0.01));
    }

    @Test
    void learns_while_permits_lie_ready_that_the_usual_has_become_longer() {
        took(50, 5);
        for (int i = 0; i < 500; i++) {
            hold.took(15, true);
        }

        assertThat(hold.took(15, true)).isCloseTo(1, within(0.1));
    }

    private void took(int times, double each) {
        for (int i = 0; i < times; i++) {
            hold.took(each, true);
        }
    }
}
