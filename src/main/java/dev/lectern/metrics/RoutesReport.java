package dev.lectern.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How each route fares, the worst first.
///
/// @param window in seconds
/// @param target in milliseconds
public record RoutesReport(
        @JsonProperty("window_s") long window,
        @JsonProperty("target_ms") long target,
        @JsonProperty("routes") List<Route> routes) {

    public RoutesReport {
        routes = List.copyOf(routes);
    }

    /// What a request waits for.
    public enum Kind {
        /// Memory and database.
        READ,
        /// A language model, too, whose time is apart from all others here.
        MODEL,
        /// It is no reader's, and nothing is promised to it.
        OPERATOR;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One method on one template. Times are in milliseconds, shares from 0 to 1.
    ///
    /// @param route the path's template
    /// @param overTarget the share that took longer than the target
    /// @param errors the share of 5xx other than 503
    /// @param refusals the share of 429 and 503
    /// @param roundTrips to the database, for each request
    /// @param hold for how long each request held a connection
    /// @param firstToken the median from the request's arrival to the first text; null where there was none
    /// @param model the median that the language model took; null where none was called
    public record Route(
            @JsonProperty("method") String method,
            @JsonProperty("route") String route,
            @JsonProperty("kind") Kind kind,
            @JsonProperty("requests_per_s") double requestsPerSecond,
            @JsonProperty("p50_ms") @Nullable Double p50,
            @JsonProperty("p95_ms") @Nullable Double p95,
            @JsonProperty("p99_ms") @Nullable Double p99,
            @JsonProperty("over_target") double overTarget,
            @JsonProperty("errors") double errors,
            @JsonProperty("refusals") double refusals,
            @JsonProperty("round_trips") double roundTrips,
            @JsonProperty("hold_ms") double hold,
            @JsonProperty("first_token_ms") @Nullable Double firstToken,
            @JsonProperty("model_ms") @Nullable Double model) {}
}
