package dev.lectern.neon.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonSettings.Budget;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PoolAdviceTest {

    private static final Goal GOAL = new Goal(Duration.ofMillis(200), Duration.ofMillis(20), 2);

    @Test
    void two_connections_do_for_little_work() {
        PoolAdvice advice = advise(34, Holds.constant(0.012), new Budget(1, 10));

        assertThat(advice.queue().orElseThrow().connections()).isEqualTo(2);
        assertThat(advice.serverConnections()).isEqualTo(12);
        assertThat(advice.compute().orElseThrow().units()).isEqualTo(0.25);
        assertThat(advice.sentence())
                .isEqualTo("For 34 pieces of work a second that hold a connection for 12 ms on average: 2 connections"
                        + " keep waiting and holding within 13 ms for 95 of 100; 90 ms are allowed.");
        assertThat(advice.computeSentence())
                .isEqualTo("2 and a head-room of 10 are 12 connections at the server: a compute of 0.25 CU allows 97.");
    }

    @Test
    void all_replicas_and_the_head_room_count_for_the_compute() {
        PoolAdvice advice = advise(1000, Holds.constant(0.020), new Budget(4, 10));

        // 20 are in use on average; at most seven of ten are to be.
        assertThat(advice.queue().orElseThrow().connections()).isEqualTo(29);
        assertThat(advice.serverConnections()).isEqualTo(126);
        assertThat(advice.computeSentence())
                .isEqualTo("4 replicas of 29 each and a head-room of 10 are 126 connections at the server: a compute of"
                        + " 0.5 CU allows 202.");
    }

    @Test
    void a_hold_that_is_too_long_is_made_good_by_no_pool() {
        PoolAdvice advice = advise(1, Holds.constant(0.12), Budget.DEFAULT);

        assertThat(advice.queue()).isEmpty();
        assertThat(advice.compute()).isEmpty();
        assertThat(advice.computeSentence()).isEmpty();
        assertThat(advice.sentence())
                .isEqualTo("No pool keeps 200 ms: 95 of 100 pieces of work hold a connection for up to 120 ms, and"
                        + " 90 ms are left for it.");
    }

    @Test
    void nor_are_requests_that_are_too_slow_without_the_database() {
        PoolAdvice advice = PoolAdvice.of(
                new Demand(1, 1, Holds.constant(0.01)),
                new Goal(Duration.ofMillis(200), Duration.ofMillis(210), 1),
                Budget.DEFAULT);

        assertThat(advice.queue()).isEmpty();
        assertThat(advice.sentence())
                .isEqualTo("No pool keeps 200 ms: beside the database alone, 95 of 100 requests take up to 210 ms.");
    }

    @Test
    void what_no_compute_allows_is_told() {
        assertThat(advise(100_000, Holds.constant(0.02), new Budget(2, 10)).computeSentence())
                .isEqualTo("2 replicas of 2858 each and a head-room of 10 are 5726 connections at the server, which no"
                        + " compute of Neon's allows.");
        assertThat(advise(200_000, Holds.constant(0.02), Budget.DEFAULT).sentence())
                .endsWith("more than the 4000 connections of Neon's largest computes would be needed.");
    }

    @Test
    void statements_that_run_longer_than_the_compute_has_processor_for_are_told_of() {
        TimeDistribution holds = Holds.sampled(3, random -> 0.002 + 0.02 * random.nextDouble());

        assertThat(advise(10, holds, Budget.DEFAULT).caveat())
                .endsWith("About 0.1 of the 0.12 connections in use run a statement, and the others wait for the"
                        + " network.");
        assertThat(advise(100, holds, Budget.DEFAULT).caveat())
                .endsWith("wait for the network; 0.25 CU may have too little processor for them.");
    }

    @Property(tries = 100)
    void no_smaller_pool_would_do(
            @ForAll @DoubleRange(min = 1, max = 5_000) double perSecond,
            @ForAll @DoubleRange(min = 1, max = 10) double burstiness,
            @ForAll @IntRange(min = 1, max = 80) int holdMillis) {
        Demand demand = new Demand(perSecond, burstiness, Holds.constant(holdMillis / 1e3));
        ConnectionQueue found =
                PoolAdvice.of(demand, GOAL, Budget.DEFAULT).queue().orElseThrow();
        ConnectionQueue smaller = new ConnectionQueue(demand, Math.max(1, found.connections() - 1));

        assertThat(found.utilisation()).isLessThanOrEqualTo(0.7);
        assertThat(found.waitAndHold(95).orElseThrow()).isLessThanOrEqualTo(GOAL.allowance());
        assertThat(smaller.connections() == 1
                        || smaller.utilisation() > 0.7
                        || smaller.waitAndHold(95).orElseThrow().compareTo(GOAL.allowance()) > 0)
                .isTrue();
    }

    private static PoolAdvice advise(double perSecond, TimeDistribution holds, Budget budget) {
        return PoolAdvice.of(new Demand(perSecond, 1, holds), GOAL, budget);
    }
}
