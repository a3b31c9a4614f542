package dev.lectern.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsIntervalTest {

    /// After a minute: 300 holds of 6 ms on average, most of them between 5 and 10 ms.
    private static final String BEFORE = """
            # HELP db_client_connection_use_time_seconds For how long work held a connection.
            # TYPE db_client_connection_use_time_seconds histogram
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.005"} 100
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.01"} 300
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 300
            db_client_connection_use_time_seconds_count{criticality="interactive_read"} 300
            db_client_connection_use_time_seconds_sum{criticality="interactive_read"} 1.8
            db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="0.001"} 300
            db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 300
            db_client_connection_wait_time_seconds_count{criticality="interactive_read"} 300
            db_client_connection_wait_time_seconds_sum{criticality="interactive_read"} 0.03
            lectern_request_round_trips_bucket{http_request_method="GET",http_route="/a",le="0.0"} 100
            lectern_request_round_trips_bucket{http_request_method="GET",http_route="/a",le="+Inf"} 100
            lectern_request_round_trips_count{http_request_method="GET",http_route="/a"} 100
            lectern_request_round_trips_sum{http_request_method="GET",http_route="/a"} 0
            db_client_connection_max 16.0
            process_uptime_seconds 60.0
            """;

    /// Ten seconds and 600 holds of another 12 ms later, in two classes; 30 were refused.
    private static final String AFTER = """
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.005"} 100
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="0.01"} 300
            db_client_connection_use_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 700
            db_client_connection_use_time_seconds_bucket{criticality="write",le="0.005"} 0
            db_client_connection_use_time_seconds_bucket{criticality="write",le="0.01"} 0
            db_client_connection_use_time_seconds_bucket{criticality="write",le="+Inf"} 200
            db_client_connection_use_time_seconds_count{criticality="interactive_read"} 700
            db_client_connection_use_time_seconds_count{criticality="write"} 200
            db_client_connection_use_time_seconds_sum{criticality="interactive_read"} 6.6
            db_client_connection_use_time_seconds_sum{criticality="write"} 2.4
            db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="0.001"} 900
            db_client_connection_wait_time_seconds_bucket{criticality="interactive_read",le="+Inf"} 900
            db_client_connection_wait_time_seconds_count{criticality="interactive_read"} 900
            db_client_connection_wait_time_seconds_sum{criticality="interactive_read"} 0.09
            neon_work_refused_total{class="saturated",criticality="write"} 30.0
            lectern_request_round_trips_bucket{http_request_method="GET",http_route="/a",le="0.0"} 150
            lectern_request_round_trips_bucket{http_request_method="GET",http_route="/a",le="+Inf"} 500
            lectern_request_round_trips_count{http_request_method="GET",http_route="/a"} 500
            lectern_request_round_trips_sum{http_request_method="GET",http_route="/a"} 600
            db_client_connection_max 8
            process_uptime_seconds 7.0E1
            """;

    @Test
    void one_text_is_the_average_since_the_start() {
        Measured measured = measured(null, BEFORE);

        assertThat(measured.period()).isEqualTo("the average since the start of 60 s");
        assertThat(measured.demand().perSecond()).isEqualTo(5);
        assertThat(millis(measured.demand().holds().mean())).isCloseTo(6, within(0.001));
        assertThat(millis(measured.demand().holds().percentile(95))).isBetween(8.0, 10.5);
        assertThat(measured.pool()).isEqualTo(16);
        assertThat(measured.pieces()).isEqualTo(1);
        assertThat(measured.refused()).isZero();
    }

    @Test
    void two_texts_tell_of_the_time_between() {
        Measured measured = measured(BEFORE, AFTER);

        assertThat(measured.period()).isEqualTo("an average of 10 s");
        assertThat(measured.demand().perSecond()).isEqualTo(63);
        assertThat(millis(measured.demand().holds().mean())).isCloseTo(12, within(0.001));
        assertThat(measured.refused()).isEqualTo(30);
        assertThat(measured.pool()).isEqualTo(8);
        // 600 round trips of the 350 requests that took some.
        assertThat(measured.pieces()).isEqualTo(2);
        assertThat(measured.whole()).isNull();
        assertThat(measured.besides()).isNull();
    }

    @Test
    void texts_of_two_processes_or_the_newer_one_first_tell_nothing() {
        assertThat(interval(AFTER, BEFORE).length()).isEmpty();
        assertThat(interval(AFTER, BEFORE.replace("_seconds 60.0", "_seconds 90.0"))
                        .length())
                .isEmpty();
        assertThat(interval(BEFORE, BEFORE).length()).isEmpty();
    }

    @Test
    void what_is_no_metrics_of_lectern_tells_nothing() {
        assertThat(interval(null, "").length()).isEmpty();
        assertThat(interval(null, "<html>process_uptime_seconds 12</html>").length())
                .isEmpty();
        assertThat(interval(null, "process_uptime_seconds NaN\n\u0000 \u0001").length())
                .isEmpty();
    }

    @Test
    void nothing_is_measured_where_no_work_was_done() {
        MetricsInterval idle = interval(null, "process_uptime_seconds 5\ndb_client_connection_max 16\n");

        assertThat(idle.length()).contains(Duration.ofSeconds(5));
        assertThat(idle.measured(Duration.ofSeconds(5))).isEmpty();
    }

    private static Measured measured(@Nullable String before, String after) {
        MetricsInterval interval = interval(before, after);
        return interval.measured(interval.length().orElseThrow()).orElseThrow();
    }

    private static MetricsInterval interval(@Nullable String before, String after) {
        return new MetricsInterval(before == null ? null : MetricsText.parse(before), MetricsText.parse(after));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
