package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Permit.Outcome.DROPPED;
import static dev.lectern.neon.admission.Permit.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final long MS = 1_000_000;

    private final AdaptiveLimit limit = new AdaptiveLimit(16, 0);
    private long now;

    @Test
    void goes_down_while_fewer_permits_serve_as_much_and_not_below_its_floor() {
        // The database does 1,200 a second however many ask; usual is 5 ms.
        bottleneck(10, permits -> permits / 1200.0, SUCCESS);
        assertThat(limit.limit()).isLessThan(16);

        // Five times slower.
        bottleneck(10, permits -> permits / 320.0, SUCCESS);
        assertThat(limit.limit()).isBetween(limit.floor(), 4);
    }

    @Test
    void stays_where_fewer_permits_serve_less() {
        // Each takes 50 ms on the way, whatever the load.
        for (int i = 0; i < 60; i++) {
            bottleneck(1, permits -> 0.05, SUCCESS);
            assertThat(limit.limit()).isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void takes_no_notice_where_permits_are_not_what_is_waited_for() {
        for (int i = 0; i < 2_000; i++) {
            now += 5 * MS;
            limit.released(now, 4, SUCCESS, false);
            assertThat(limit.limit()).isEqualTo(16);
        }
    }

    @Test
    void goes_down_when_much_is_dropped() {
        bottleneck(5, permits -> 0.005, DROPPED);

        assertThat(limit.limit()).isLessThan(8);
    }

    @Test
    void is_at_the_maximum_again_within_seconds_once_the_database_is_well() {
        bottleneck(20, permits -> permits / 320.0, SUCCESS);
        assertThat(limit.limit()).isLessThan(8);

        for (int i = 0; i < 500; i++) {
            now += 5 * MS;
            limit.released(now, 1, SUCCESS, false);
        }

        assertThat(limit.limit()).isEqualTo(16);
    }

    @Test
    void forgets_when_nothing_was_asked_for_a_while() {
        bottleneck(20, permits -> permits / 320.0, SUCCESS);

        limit.look(now + 6_000 * MS);

        assertThat(limit.limit()).isEqualTo(16);
    }

    @Test
    void follows_a_new_maximum_both_ways() {
        limit.resize(6, now);
        assertThat(limit.limit()).isEqualTo(6);
        limit.resize(97, now);
        assertThat(limit.limit()).isEqualTo(97);

        bottleneck(20, permits -> permits / 320.0, SUCCESS);
        int learned = limit.limit();
        assertThat(learned).isLessThan(97);
        limit.resize(40, now);
        assertThat(limit.limit()).isEqualTo(Math.min(learned, 40));
    }

    /// For so many seconds all permits are wanted.
    ///
    /// @param seconds how long
    /// @param hold how many seconds each of so many permits is held; 5 ms are usual
    private void bottleneck(int seconds, IntToDoubleFunction hold, Permit.Outcome outcome) {
        long end = now + 1_000L * seconds * MS;
        while (now < end) {
            double held = hold.applyAsDouble(limit.limit());
            now += (long) (held * 1e9 / limit.limit());
            limit.released(now, Math.min(4, held / 0.005), outcome, true);
        }
    }
}
