package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.Terminal;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ClimbTest {

    private static final NeonUrl URL = NeonUrl.parse("postgresql://reader:s3cret-word@db.example.org/books");

    @Test
    void doubles_until_it_has_as_many_as_it_may() {
        assertThat(Climb.levels(1)).containsExactly(1);
        assertThat(Climb.levels(8)).containsExactly(1, 2, 4, 8);
        assertThat(Climb.levels(11)).containsExactly(1, 2, 4, 8, 11);
    }

    @Test
    void a_step_is_a_line_of_figures() {
        assertThat(Rung.HEADER).isEqualTo("  connections  per second       p50       p95       p99       max  errors");
        assertThat(rung(4, 2000, Map.of(), false).line())
                .isEqualTo("            4       1,000    2.0 ms    2.0 ms    2.0 ms    2.0 ms  none");
        assertThat(rung(4, 2000, Map.of("saturated/slots", 1), true).line())
                .endsWith("saturated/slots 1 (at the rate allowed)");
    }

    @Test
    void the_fewest_connections_that_do_nearly_all_are_what_it_amounts_to() {
        Climb.Result result = new Climb.Result(
                List.of(Duration.ofMillis(5), Duration.ofMillis(9)),
                List.of(rung(1, 1000, Map.of(), false), rung(2, 1900, Map.of(), false), rung(4, 2000, Map.of(), false)),
                null,
                false);

        assertThat(new LoadReport(URL, result).text(Terminal.NONE)).isEqualTo("""

                2 logins, p50 5.0 ms, the slowest 9.0 ms; all are released.
                DONE: 2 connections do 950 round trips a second, p95 2.0 ms.
                """);
    }

    @Test
    void what_stopped_it_is_told_with_what_to_do() {
        Climb.Result result =
                new Climb.Result(List.of(), List.of(), Remark.of(new Saturated(Saturated.Reason.POOLER)), false);

        assertThat(new LoadReport(URL, result).text(Terminal.NONE)).isEqualTo("""
                STOPPED (saturated/pooler): the pooler takes no more clients.
                Next: Have others release connections of the pooler, or use the direct host.
                """);
        assertThat(new LoadReport(URL, result).level()).isEqualTo(Level.DEGRADED);
    }

    private static Rung rung(int connections, int count, Map<String, Integer> errors, boolean capped) {
        Histogram times = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
        times.recordValueWithCount(Duration.ofMillis(2).toNanos(), count);
        return new Rung(connections, Duration.ofSeconds(2), times, errors, capped);
    }
}
