package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lectern.neon.NeonSettings.Budget;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapacityTest {

    /// A quarter of a compute unit: 104, of which seven are reserved.
    private static final ServerLimits SMALL = new ServerLimits(104, 7, false);

    private final AtomicInteger pool = new AtomicInteger();
    private final AtomicInteger permits = new AtomicInteger();

    @Test
    void gives_what_is_asked_for_where_the_server_has_it() {
        Capacity capacity = capacity(16, new Budget(1, 10));

        capacity.learn(SMALL);

        assertThat(capacity.maximum()).isEqualTo(16);
        assertThat(pool).hasValue(16);
        assertThat(permits).hasValue(16);
    }

    @Test
    void gives_an_equal_share_of_what_the_server_has_and_names_the_sum_that_would_exceed_it() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Capacity.class);
        logger.addAppender(log);
        try {
            Capacity capacity = capacity(40, new Budget(3, 10));

            capacity.learn(SMALL);
            capacity.learn(SMALL);

            // (97 - 10) / 3
            assertThat(capacity.maximum()).isEqualTo(29);
            assertThat(log.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("3 replicas with 40 connections each would have 120, and the server has 87");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void follows_a_compute_that_was_resized_while_it_slept() {
        Capacity capacity = capacity(200, new Budget(1, 10));
        capacity.learn(SMALL);
        assertThat(pool).hasValue(87);

        capacity.learn(new ServerLimits(209, 7, false));

        assertThat(pool).hasValue(192);
    }

    @Test
    void leaves_room_in_the_poolers_own_pool() {
        Capacity capacity = capacity(200, new Budget(1, 0));

        capacity.learn(new ServerLimits(104, 7, true));

        // 0.9 x 104
        assertThat(pool).hasValue(93);
    }

    @Test
    void keeps_one_permit_more_than_what_is_held_while_the_server_has_no_more_so_that_somebody_tries() {
        Capacity capacity = capacity(16, new Budget(1, 10));
        capacity.learn(SMALL);

        capacity.full(6);
        assertThat(permits).hasValue(7);
        assertThat(pool).hasValue(16);

        capacity.roomAgain();
        assertThat(permits).hasValue(16);
    }

    @Test
    void takes_another_wish_and_refuses_none_at_all() {
        Capacity capacity = capacity(16, new Budget(1, 10));
        capacity.learn(SMALL);

        capacity.ask(32);
        assertThat(pool).hasValue(32);
        capacity.ask(4);
        assertThat(pool).hasValue(4);
        assertThat(permits).hasValue(4);

        assertThatThrownBy(() -> capacity.ask(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void all_replicas_together_never_have_more_than_the_server_less_the_head_room(
            @ForAll @IntRange(min = 100, max = 4000) int maximum,
            @ForAll @IntRange(min = 1, max = 20) int replicas,
            @ForAll @IntRange(max = 50) int headRoom,
            @ForAll @IntRange(min = 1, max = 4000) int asked) {
        ServerLimits limits = new ServerLimits(maximum, 7, false);

        int share = limits.share(asked, new Budget(replicas, headRoom));

        assertThat(share).isBetween(1, asked);
        // One each is the least that is of use to anybody.
        assertThat(share * replicas).isLessThanOrEqualTo(Math.max(replicas, maximum - 7 - headRoom));
    }

    private Capacity capacity(int asked, Budget budget) {
        return new Capacity(asked, budget, pool::set, permits::set);
    }
}
