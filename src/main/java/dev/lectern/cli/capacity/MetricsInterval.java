package dev.lectern.cli.capacity;

import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.capacity.Demand;
import dev.lectern.neon.capacity.PoolAdvice;
import dev.lectern.neon.capacity.TimeDistribution;
import dev.lectern.neon.capacity.TimeDistribution.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What happened between two looks at `/metrics`, or from the start of the process to one.
///
/// @param before null for the start of the process
record MetricsInterval(@Nullable MetricsText before, MetricsText after) {

    private static final String HOLD = "db_client_connection_use_time_seconds";
    private static final String WAIT = "db_client_connection_wait_time_seconds";
    private static final String ROUND_TRIPS = "lectern_request_round_trips";
    private static final String UPTIME = "process_uptime_seconds";

    /// Within a bucket, times are taken to be spread evenly, as Prometheus' histogram_quantile does.
    private static final int PIECES_OF_BUCKET = 10;

    /// How long it was; empty where the texts do not tell, or are not of one process, the older first.
    Optional<Duration> length() {
        double seconds = difference(UPTIME);
        boolean grows = Stream.of(HOLD, WAIT, ROUND_TRIPS)
                .allMatch(name -> difference(name + "_count") >= 0 && difference(name + "_sum") >= 0);
        return seconds > 0 && grows ? Optional.of(Duration.ofMillis(Math.round(1000 * seconds))) : Optional.empty();
    }

    /// Empty where no work was done.
    Optional<Measured> measured(Duration length) {
        Optional<TimeDistribution> holds = distribution(HOLD);
        double refused = difference("neon_work_refused_total");
        double arrivals = difference(WAIT + "_count") + refused;
        double seconds = length.toMillis() / 1e3;
        return holds.map(found -> new Measured(
                "%s of %.0f s".formatted(before == null ? "the average since the start" : "an average", seconds),
                new Demand(arrivals / seconds, 1, found),
                Math.round(difference(HOLD + "_count")),
                Math.round(refused),
                Math.round(difference("neon_wake_duration_seconds_count")),
                distribution(WAIT)
                        .map(times -> times.percentile(PoolAdvice.PERCENT))
                        .orElse(null),
                null,
                null,
                pieces(),
                (int) Math.max(1, after.sum("db_client_connection_max").orElse(1)),
                Budget.DEFAULT));
    }

    /// A piece of work is a round trip, mostly; requests that took none need no connection.
    private int pieces() {
        SortedMap<Double, Double> buckets = buckets(ROUND_TRIPS);
        double none = buckets.getOrDefault(0.0, 0.0);
        double requests = difference(ROUND_TRIPS + "_count") - none;
        return requests < 1 ? 1 : (int) Math.max(1, Math.ceil(difference(ROUND_TRIPS + "_sum") / requests));
    }

    /// Its mean is exact; how the times are spread is as fine as the buckets are.
    private Optional<TimeDistribution> distribution(String histogram) {
        List<Part> parts = new ArrayList<>();
        double from = 0;
        double passed = 0;
        for (Map.Entry<Double, Double> bucket : buckets(histogram).entrySet()) {
            double to = Double.isInfinite(bucket.getKey()) ? 2 * from : bucket.getKey();
            long count = Math.round(bucket.getValue() - passed);
            for (int i = 0; i < PIECES_OF_BUCKET && count > 0; i++) {
                parts.add(part(from + (i + 0.5) * (to - from) / PIECES_OF_BUCKET, count));
            }
            from = to;
            passed = bucket.getValue();
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        TimeDistribution spread = new TimeDistribution(parts);
        double mean = difference(histogram + "_sum") / difference(histogram + "_count");
        double scale = mean * 1e9 / Math.max(1, spread.mean().toNanos());
        return Optional.of(new TimeDistribution(parts.stream()
                .map(part -> part(scale * part.length().toNanos() / 1e9, part.count()))
                .toList()));
    }

    private static Part part(double seconds, long count) {
        return new Part(Duration.ofNanos(Math.round(seconds * 1e9)), count);
    }

    private SortedMap<Double, Double> buckets(String histogram) {
        SortedMap<Double, Double> buckets = after.buckets(histogram);
        if (before != null) {
            SortedMap<Double, Double> earlier = before.buckets(histogram);
            buckets.replaceAll((bound, count) -> count - earlier.getOrDefault(bound, 0.0));
        }
        return buckets;
    }

    private double difference(String name) {
        double earlier = before == null ? 0 : before.sum(name).orElse(0);
        return after.sum(name).orElse(0) - earlier;
    }
}
