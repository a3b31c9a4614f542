package dev.lectern.metrics;

import static dev.lectern.metrics.RequestOf.ASKING;
import static dev.lectern.metrics.RequestOf.READING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.metrics.RoutesReport.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteWindowsTest {

    private final SteppedTicker ticker = new SteppedTicker();
    private final RouteWindows windows = new RouteWindows(ticker);

    @Test
    void a_route_shows_the_percentiles_and_the_rate_of_the_last_minute() {
        ticker.step(Duration.ofSeconds(50));
        for (int millis = 1; millis <= 100; millis++) {
            windows.count(READING.took(millis));
        }

        RoutesReport.Route route = windows.routes().routes().getFirst();
        assertThat(route.p50()).isCloseTo(50, within(1.0));
        assertThat(route.p95()).isCloseTo(95, within(1.0));
        assertThat(route.p99()).isCloseTo(99, within(1.0));
        assertThat(route.requestsPerSecond()).isEqualTo(2);
        assertThat(route.firstToken()).isNull();

        ticker.step(Duration.ofSeconds(61));
        assertThat(windows.routes().routes()).isEmpty();
    }

    @Test
    void refusals_are_apart_from_errors_and_from_late_answers() {
        windows.count(READING.took(201));
        windows.count(READING.took(200));
        windows.count(READING.ended(500));
        windows.count(READING.ended(503));
        windows.count(READING.ended(429));

        RoutesReport.Route route = windows.routes().routes().getFirst();
        assertThat(route.overTarget()).isEqualTo(0.2);
        assertThat(route.errors()).isEqualTo(0.2);
        assertThat(route.refusals()).isEqualTo(0.4);
    }

    @Test
    void a_route_shows_what_each_of_its_requests_costs_the_database() {
        windows.count(READING.cost(1, 3));
        windows.count(READING.cost(2, 6));

        RoutesReport.Route route = windows.routes().routes().getFirst();
        assertThat(route.roundTrips()).isEqualTo(1.5);
        assertThat(route.hold()).isEqualTo(4.5);
    }

    @Test
    void what_a_language_model_takes_is_apart() {
        windows.count(ASKING.wroteByModel(3040, 3000, 700));

        RoutesReport.Route route = windows.routes().routes().getFirst();
        assertThat(route.kind()).isEqualTo(Kind.MODEL);
        assertThat(route.p95()).isCloseTo(40, within(0.4));
        assertThat(route.model()).isCloseTo(3000, within(30.0));
        assertThat(route.firstToken()).isCloseTo(700, within(7.0));
        assertThat(route.overTarget()).isZero();
        assertThat(windows.readers().requests()).isZero();
    }

    @Test
    void the_worst_route_stands_first() {
        windows.count(READING.took(20));
        windows.count(new RequestOf("GET", "/slow").took(300));
        windows.count(new RequestOf("GET", "/quick").took(2));
        windows.count(new RequestOf("GET", "/broken").ended(500));

        assertThat(windows.routes().routes())
                .extracting(RoutesReport.Route::route)
                .containsExactly("/slow", "/broken", "/api/v1/books", "/quick");
    }

    @Test
    void an_import_stands_last_however_long_it_takes() {
        windows.count(new RequestOf("PUT", "/api/v1/books/{book}").took(9000));
        windows.count(READING.took(1));

        assertThat(windows.routes().routes())
                .extracting(RoutesReport.Route::kind)
                .containsExactly(Kind.READ, Kind.OPERATOR);
    }

    @Test
    void more_routes_than_there_can_be_share_one_window() {
        for (int i = 0; i < 1000; i++) {
            windows.count(new RequestOf("GET", "/" + i).took(1));
        }

        assertThat(windows.routes().routes())
                .hasSize(RouteWindows.MOST + 1)
                .anySatisfy(route -> assertThat(route.route()).isEqualTo("_OTHER"));
    }

    @Test
    void readers_are_promised_an_answer_in_time_in_nineteen_of_twenty_cases() {
        for (int i = 0; i < 18; i++) {
            windows.count(READING.took(20));
        }
        windows.count(READING.took(250));
        windows.count(READING.ended(503));
        windows.count(new RequestOf("GET", "").ended(404));
        windows.count(new RequestOf("PUT", "/api/v1/books/{book}").took(9000));

        ReadersReport readers = windows.readers();
        assertThat(readers.requests()).isEqualTo(20);
        assertThat(readers.overTarget()).isEqualTo(0.1);
        assertThat(readers.burnRate5m()).isEqualTo(2);
        assertThat(readers.burnRate1h()).isEqualTo(2);
    }

    @Test
    void a_bad_moment_burns_for_five_minutes_and_is_remembered_for_an_hour() {
        windows.count(READING.took(250));
        ticker.step(Duration.ofMinutes(6));
        windows.count(READING.took(20));

        assertThat(windows.readers().burnRate5m()).isZero();
        assertThat(windows.readers().burnRate1h()).isEqualTo(10);
        ticker.step(Duration.ofMinutes(61));
        assertThat(windows.readers().burnRate1h()).isNull();
        assertThat(windows.readers().p95()).isNull();
    }

    @Test
    void the_reports_are_written_as_the_console_reads_them() {
        windows.count(ASKING.wroteByModel(3040, 3000, 700));
        ObjectMapper json = new ObjectMapper();

        JsonNode route = json.valueToTree(windows.routes()).at("/routes/0");
        assertThat(route.fieldNames())
                .toIterable()
                .containsExactly(
                        "method",
                        "route",
                        "kind",
                        "requests_per_s",
                        "p50_ms",
                        "p95_ms",
                        "p99_ms",
                        "over_target",
                        "errors",
                        "refusals",
                        "round_trips",
                        "hold_ms",
                        "first_token_ms",
                        "model_ms");
        assertThat(route.get("kind").asText()).isEqualTo("model");
        JsonNode readers = json.valueToTree(windows.readers());
        assertThat(readers.fieldNames())
                .toIterable()
                .containsExactly(
                        "window_s", "requests", "p95_ms", "target_ms", "over_target", "burn_rate_5m", "burn_rate_1h");
    }
}
