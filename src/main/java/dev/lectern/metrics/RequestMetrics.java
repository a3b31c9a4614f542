package dev.lectern.metrics;

import static dev.lectern.metrics.Instruments.seconds;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/// Times each request of the API, by its route's template, from its head to the end of its response
/// (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/), and counts what it has cost the database and
/// whether its reader got what is promised.
final class RequestMetrics {

    /// 0.2 is the target. What a language model answers takes the upper ones.
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10, 30, 60};

    private static final double[] ROUND_TRIPS = {0, 1, 2, 3, 5, 10};

    private final Histogram durations;
    private final Histogram roundTrips;
    private final Histogram holds;
    private final Gauge active;
    private final Counter ofReaders;
    private final Counter withinTarget;

    RequestMetrics(PrometheusRegistry registry, Objective objective) {
        durations = seconds(
                        "http_server_request_duration", "From a request's head to the end of its response.", SECONDS)
                .labelNames("http_request_method", "http_route", "http_response_status_code")
                .register(registry);
        roundTrips = Histogram.builder()
                .name("lectern_request_round_trips")
                .help("Round trips to the database that a request took.")
                .classicOnly()
                .classicUpperBounds(ROUND_TRIPS)
                .labelNames("http_request_method", "http_route")
                .register(registry);
        holds = seconds("lectern_request_connection_hold", "For how long a request held a connection.")
                .labelNames("http_request_method", "http_route")
                .register(registry);
        active = Gauge.builder()
                .name("http_server_active_requests")
                .help("Requests that have no whole response yet.")
                .register(registry);
        ofReaders =
                Instruments.counter("lectern_reader_requests", "Requests that wait for no language model.", registry);
        withinTarget = Instruments.counter(
                "lectern_reader_requests_within_target", "Those of them that were answered within 200 ms.", registry);
        GaugeWithCallback.builder()
                .name("lectern_burn_rate")
                .help("How many times faster than the objective allows requests of readers miss their target.")
                .labelNames("window")
                .callback(gauge -> {
                    call(gauge, objective.burnRate5m(), "5m");
                    call(gauge, objective.burnRate1h(), "1h");
                })
                .register(registry);
    }

    void begun() {
        active.inc();
    }

    void finished(FinishedRequest request) {
        active.dec();
        durations
                .labelValues(request.method(), request.route(), Integer.toString(request.status()))
                .observe(seconds(request.took()));
        if (!request.route().isEmpty()) {
            roundTrips.labelValues(request.method(), request.route()).observe((double) request.roundTrips());
            holds.labelValues(request.method(), request.route()).observe(seconds(request.held()));
        }
        if (RouteWindows.isReaders(request)) {
            ofReaders.inc();
            if (Objective.met(request)) {
                withinTarget.inc();
            }
        }
    }

    private static void call(GaugeWithCallback.Callback gauge, @Nullable Double value, String window) {
        if (value != null) {
            gauge.call(value, window);
        }
    }
}
