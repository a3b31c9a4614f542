package dev.lectern.metrics;

import dev.lectern.limits.Limit;
import dev.lectern.limits.LimitListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Counts what limits refuse. Who was refused is in no metric: there are too many of them, and it is nobody's business.
final class LimitMetrics implements LimitListener {

    private final Counter refused;
    private final Counter tokens;

    LimitMetrics(PrometheusRegistry registry) {
        refused = Counter.builder()
                .name("lectern_requests_limited")
                .help("Requests refused by a limit, by the limit.")
                .labelNames("limit")
                .register(registry);
        tokens = Counter.builder()
                .name("lectern_model_tokens")
                .help("Tokens that language models have cost, by who has counted them.")
                .labelNames("counted_by")
                .register(registry);
        for (Limit limit : Limit.values()) {
            if (limit.refuses()) {
                refused.initLabelValues(limit.label());
            }
        }
    }

    @Override
    public void refused(Limit limit) {
        refused.labelValues(limit.label()).inc();
    }

    @Override
    public void spent(long spent, boolean estimated) {
        tokens.labelValues(estimated ? "estimate" : "provider").inc(spent);
    }
}
