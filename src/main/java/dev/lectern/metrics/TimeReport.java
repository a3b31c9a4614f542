package dev.lectern.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long something took within a window. Percentiles and maximum are null where it did not happen.
///
/// @param buckets not cumulative, in ascending order
public record TimeReport(
        @JsonProperty("count") long count,
        @JsonProperty("p50_ms") @Nullable Double p50,
        @JsonProperty("p95_ms") @Nullable Double p95,
        @JsonProperty("p99_ms") @Nullable Double p99,
        @JsonProperty("max_ms") @Nullable Double maximum,
        @JsonProperty("buckets") List<Bucket> buckets) {

    public TimeReport {
        buckets = List.copyOf(buckets);
    }

    /// How many took up to this time, and longer than the bucket before.
    ///
    /// @param most in milliseconds; null for whatever is longer than the last
    public record Bucket(
            @JsonProperty("le_ms") @Nullable Double most,
            @JsonProperty("count") long count) {}
}
