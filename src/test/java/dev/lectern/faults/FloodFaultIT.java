package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.GatewaySettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More comes than the database can do: four connections, each of which is held for a network's 40 ms, serve a hundred
/// requests a second at best. So it is the database that is flooded, and not the two processors; these would be where
/// the JVM had just started, so a flood that nobody measures comes first.
@Tag("faults")
class FloodFaultIT {

    private static final int CONNECTIONS = 4;
    private static final Duration ROUND_TRIP = Duration.ofMillis(40);
    private static final int CAPACITY = (int) (CONNECTIONS * 1_000 / ROUND_TRIP.toMillis());
    private static final Duration TIME = Duration.ofSeconds(4);
    private static final Duration COMPILING = Duration.ofSeconds(12);
    private static final int MOST_TIMES = 20;
    private static final int WRITES = 5;

    private static FaultyServer server;

    @BeforeAll
    static void start() {
        server = FaultyServer.start(
                GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withRoundTripDelay(ROUND_TRIP),
                Map.of("database.maximumPoolSize", "" + CONNECTIONS));
        try (Flood flood = new Flood(server.lectern().url())) {
            flood.at(CAPACITY * MOST_TIMES, COMPILING, WRITES);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0.9, 25", "20, 0, 0.8, 26", "5, 5, 0.9, 27", "20, 5, 0.8, 28"})
    void a_flood_is_refused_and_the_database_serves_what_it_can(int times, int writes, double share, int order) {
        try (Flood flood = new Flood(server.lectern().url())) {
            flood.at(CAPACITY / 2, TIME, writes);
            double peak = goodput(flood.at(CAPACITY * 6 / 5, TIME, writes));

            Samples flooded = flood.at(CAPACITY * times, TIME, writes);
            long end = System.nanoTime();
            Samples after = flood.at(CAPACITY / 2, TIME, writes);

            Samples refusals = flooded.where(Sample::refused);
            Duration normal = Duration.ofNanos(after.where(sample -> !sample.served()).all().stream()
                    .mapToLong(sample -> sample.end() - end)
                    .max()
                    .orElse(0));
            FaultReport.row(
                    order,
                    "flood %d × of %s, the JVM warm"
                            .formatted(times, writes == 0 ? "reads" : "reads and writes (1 in 5)"),
                    "refusal at once, by criticality; goodput ≥ %.0f %% of peak; refusal p99 ≤ 10 ms; normal ≤ 2 s after"
                            .formatted(100 * share),
                    "%.0f/s of %d/s served, %s of the peak; refusals: median %s, p99 %s; served: reads %s, writes %s; normal after %s"
                            .formatted(
                                    goodput(flooded),
                                    CAPACITY * times,
                                    percent(goodput(flooded) / peak),
                                    ms(refusals.percentile(0.5)),
                                    ms(refusals.percentile(0.99)),
                                    percent(share(flooded, Sample.Kind.READ)),
                                    writes == 0 ? "none" : percent(share(flooded, Sample.Kind.WRITE)),
                                    ms(normal)),
                    getClass());
            assertThat(flooded.where(Sample::failed).all()).isEmpty();
            assertThat(goodput(flooded)).isGreaterThanOrEqualTo(share * peak);
            assertThat(share(flooded, Sample.Kind.WRITE)).isGreaterThanOrEqualTo(share(flooded, Sample.Kind.READ));
            assertThat(normal).isLessThanOrEqualTo(Duration.ofSeconds(2));
            assertThat(flood.lost()).isZero();
            assertThat(flood.doubled()).isZero();
            assertThat(server.gauge("neon.permits.out")).isZero();
            assertThat(server.gauge("neon.pool.active")).isZero();
        }
    }

    private static double share(Samples samples, Sample.Kind kind) {
        return samples.where(sample -> sample.kind() == kind).share(Sample::served);
    }

    /// Served, by the second.
    private static double goodput(Samples samples) {
        return samples.where(Sample::served).count() / (TIME.toMillis() / 1e3);
    }
}
