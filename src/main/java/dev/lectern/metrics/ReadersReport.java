package dev.lectern.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// How readers fare who do not wait for a language model.
///
/// @param window in seconds
/// @param p95 in milliseconds; null where there were no requests
/// @param target in milliseconds
/// @param overTarget the share of requests that took longer, were refused or failed
/// @param burnRate5m how many times faster than the objective allows requests miss the target; null without requests
public record ReadersReport(
        @JsonProperty("window_s") long window,
        @JsonProperty("requests") long requests,
        @JsonProperty("p95_ms") @Nullable Double p95,
        @JsonProperty("target_ms") long target,
        @JsonProperty("over_target") double overTarget,
        @JsonProperty("burn_rate_5m") @Nullable Double burnRate5m,
        @JsonProperty("burn_rate_1h") @Nullable Double burnRate1h) {}
