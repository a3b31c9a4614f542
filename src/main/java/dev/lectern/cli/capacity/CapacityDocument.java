package dev.lectern.cli.capacity;

import dev.lectern.neon.capacity.ComputeSize;
import dev.lectern.neon.capacity.ConnectionQueue;
import dev.lectern.neon.capacity.PoolAdvice;
import dev.lectern.neon.capacity.TimeDistribution;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report for programs. Times are null where they are not known, or where a queue has no end.
record CapacityDocument(CapacityReport report) {

    Map<String, @Nullable Object> members() {
        PoolAdvice advice = report.advice();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("source", report.source());
        all.put("period", report.measured().period());
        all.put("growth", report.growth());
        all.put("target_ms", millis(advice.goal().target()));
        all.put("allowance_ms", millis(advice.goal().allowance()));
        all.put("measured", measured(report.measured()));
        all.put("pools", report.queues().stream().map(CapacityDocument::queue).toList());
        all.put("present", queue(report.present()));
        all.put("advised", advice.queue().map(CapacityDocument::queue).orElse(null));
        all.put("server_connections", advice.queue().isPresent() ? advice.serverConnections() : null);
        all.put("compute_units", advice.compute().map(ComputeSize::units).orElse(null));
        all.put("sentence", advice.sentence());
        all.put("compute", advice.computeSentence());
        all.put("caveat", advice.caveat());
        return all;
    }

    private static Map<String, @Nullable Object> measured(Measured measured) {
        TimeDistribution holds = measured.demand().holds();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("arrivals_per_s", measured.demand().perSecond());
        members.put("burstiness", measured.demand().burstiness());
        members.put("refused", measured.refused());
        members.put("wakes", measured.wakes());
        members.put("hold_mean_ms", millis(holds.mean()));
        members.put("hold_p50_ms", millis(holds.percentile(50)));
        members.put("hold_p95_ms", millis(holds.percentile(PoolAdvice.PERCENT)));
        members.put("wait_p95_ms", millis(measured.waited()));
        members.put("wait_and_hold_p95_ms", millis(measured.whole()));
        members.put("besides_p95_ms", millis(measured.besides()));
        members.put("pieces_per_request", measured.pieces());
        members.put("pool", measured.pool());
        return members;
    }

    private static Map<String, @Nullable Object> queue(ConnectionQueue queue) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("connections", queue.connections());
        members.put("utilisation", queue.utilisation());
        members.put("must_wait", queue.probabilityOfWaiting());
        members.put("wait_p95_ms", millis(queue.waiting(PoolAdvice.PERCENT).orElse(null)));
        members.put(
                "wait_and_hold_p95_ms",
                millis(queue.waitAndHold(PoolAdvice.PERCENT).orElse(null)));
        return members;
    }

    private static @Nullable Double millis(@Nullable Duration time) {
        return time == null ? null : Math.round(time.toNanos() / 1e4) / 100.0;
    }
}
