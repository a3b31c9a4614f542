package dev.lectern.neon.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionQueueTest {

    private static final double MEAN = 0.010;
    private static final double SIMULATED = 10;

    /// The first by hand, the others as tables of Erlang's C formula have them.
    @ParameterizedTest
    @CsvSource({"1, 0.5, 0.5000", "2, 1, 0.3333", "4, 2, 0.1739", "5, 4, 0.5541", "10, 8, 0.4092"})
    void somebody_must_wait_as_often_as_the_tables_say(int servers, double load, double waits) {
        assertThat(ConnectionQueue.erlangC(servers, load)).isCloseTo(waits, within(0.0005));
    }

    @Property(tries = 200)
    void which_is_what_the_formulas_own_sum_gives(
            @ForAll @IntRange(min = 1, max = 80) int servers,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double utilisation) {
        double load = utilisation * servers;
        double term = 1;
        double sum = 0;
        for (int busy = 0; busy < servers; busy++) {
            sum += term;
            term *= load / (busy + 1);
        }
        double all = term / (1 - utilisation);

        assertThat(ConnectionQueue.erlangC(servers, load)).isCloseTo(all / (sum + all), within(1e-9));
    }

    /// Its table of four connections that are held for 5 ms.
    @ParameterizedTest
    @CsvSource({"400, 17, 0.4", "560, 43, 1.8", "640, 60, 3.7", "720, 79, 9.9", "760, 89, 22.3"})
    void the_handbook_says_the_same(int perSecond, int percentWaiting, double meanWait) {
        ConnectionQueue queue = queue(perSecond, Holds.exponential(0.005), 4);

        assertThat(100 * queue.probabilityOfWaiting()).isCloseTo(percentWaiting, within(0.5));
        assertThat(millis(queue.meanWait())).isCloseTo(meanWait, within(Math.max(0.05, meanWait / 50)));
    }

    @Test
    void one_connection_with_exponential_holds_is_the_textbooks_queue() {
        // 60 a second of 10 ms each: the time in the system is exponential with a mean of 1 / (100 - 60) s.
        ConnectionQueue queue = queue(60, Holds.exponential(MEAN), 1);

        assertThat(queue.utilisation()).isCloseTo(0.6, within(0.001));
        assertThat(millis(queue.meanWait())).isCloseTo(15, withPercentage(0.5));
        assertThat(millis(queue.waitAndHold(95))).isCloseTo(25 * Math.log(20), withPercentage(0.5));
    }

    @Test
    void constant_holds_wait_half_as_long_as_exponential_ones() {
        Duration constant = queue(60, Holds.constant(MEAN), 1).meanWait().orElseThrow();

        // Pollaczek and Khinchine: utilisation * hold / (2 * (1 - utilisation))
        assertThat(constant).isEqualTo(Duration.ofNanos(7_500_000));
    }

    @Test
    void nobody_waits_of_whom_there_are_few() {
        ConnectionQueue queue = queue(3, Holds.constant(MEAN), 16);

        assertThat(queue.waiting(95)).contains(Duration.ZERO);
        assertThat(millis(queue.waitAndHold(95))).isCloseTo(10, within(0.001));
    }

    @Test
    void a_pool_that_is_asked_for_more_than_it_can_do_makes_wait_without_end() {
        ConnectionQueue queue = queue(400, Holds.constant(MEAN), 4);

        assertThat(queue.isStable()).isFalse();
        assertThat(queue.probabilityOfWaiting()).isEqualTo(1);
        assertThat(queue.meanWait()).isEmpty();
        assertThat(queue.waiting(95)).isEmpty();
        assertThat(queue.waitAndHold(95)).isEmpty();
    }

    @Test
    void nobody_asks_for_anything() {
        assertThat(queue(0, Holds.exponential(MEAN), 1).waiting(95)).contains(Duration.ZERO);
        assertThatThrownBy(() -> queue(1, Holds.constant(MEAN), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void another_connection_never_makes_anybody_wait_longer(
            @ForAll @IntRange(min = 1, max = 60) int connections,
            @ForAll @DoubleRange(min = 0.01, max = 0.97) double utilisation,
            @ForAll @DoubleRange(min = 0, max = 20) double burstiness) {
        Demand demand =
                new Demand(utilisation * connections / MEAN, burstiness, Holds.sampled(7, r -> MEAN * r.nextDouble()));
        ConnectionQueue fewer = new ConnectionQueue(demand, connections);
        ConnectionQueue more = new ConnectionQueue(demand, connections + 1);

        assertThat(more.probabilityOfWaiting()).isLessThanOrEqualTo(fewer.probabilityOfWaiting());
        assertThat(more.meanWait().orElseThrow())
                .isLessThanOrEqualTo(fewer.meanWait().orElseThrow());
        assertThat(more.waitAndHold(95).orElseThrow())
                .isLessThanOrEqualTo(fewer.waitAndHold(95).orElseThrow());
    }

    @Property(tries = 200)
    void more_work_never_makes_anybody_wait_less(
            @ForAll @IntRange(min = 1, max = 60) int connections,
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double utilisation) {
        ConnectionQueue queue = queue(utilisation * connections / MEAN, Holds.exponential(MEAN), connections);
        ConnectionQueue busier = new ConnectionQueue(queue.demand().times(1.05), connections);

        assertThat(busier.waiting(95).orElseThrow())
                .isGreaterThanOrEqualTo(queue.waiting(95).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "1, 0.9", "4, 0.5", "4, 0.8", "16, 0.7", "16, 0.95", "64, 0.9"})
    void is_what_a_simulation_of_exponential_holds_shows(int connections, double utilisation) {
        simulated(Holds.exponential(MEAN), connections, utilisation);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.7", "4, 0.8", "16, 0.9"})
    void is_what_a_simulation_of_regular_holds_shows(int connections, double utilisation) {
        simulated(Holds.sampled(11, random -> MEAN * (0.8 + 0.4 * random.nextDouble())), connections, utilisation);
    }

    /// One in ten is eight times as long: most statements are short, and some are not.
    @ParameterizedTest
    @CsvSource({"1, 0.7", "4, 0.8", "16, 0.9"})
    void is_what_a_simulation_of_uneven_holds_shows(int connections, double utilisation) {
        simulated(
                Holds.sampled(13, random -> random.nextInt(10) == 0 ? 8 * MEAN : MEAN * random.nextDouble()),
                connections,
                utilisation);
    }

    private static void simulated(TimeDistribution holds, int connections, double utilisation) {
        Demand demand = new Demand(utilisation * connections / holds.meanSeconds(), 1, holds);
        double predicted = millis(new ConnectionQueue(demand, connections).waitAndHold(95));
        double simulated = millis(Optional.of(new SimulatedPool(demand, connections, 42).waitAndHold(95)));
        System.out.printf(
                "%2d connections, %2.0f %% used, variability %.2f: predicted p95 %6.1f ms, simulated %6.1f ms%n",
                connections, 100 * utilisation, holds.variability(), predicted, simulated);

        assertThat(predicted).isCloseTo(simulated, withPercentage(SIMULATED));
    }

    private static ConnectionQueue queue(double perSecond, TimeDistribution holds, int connections) {
        return new ConnectionQueue(new Demand(perSecond, 1, holds), connections);
    }

    private static double millis(Optional<Duration> time) {
        return time.orElseThrow().toNanos() / 1e6;
    }
}
