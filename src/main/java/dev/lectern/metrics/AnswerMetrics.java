package dev.lectern.metrics;

import static dev.lectern.metrics.Instruments.seconds;

import dev.lectern.answer.AnswerListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times searches and language models, and adds to the request what models took of it.
final class AnswerMetrics implements AnswerListener {

    private static final double[] MODELS = {.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120};

    private final Histogram searches;
    private final Histogram firstTexts;
    private final Histogram calls;
    private final Counter degraded;

    AnswerMetrics(PrometheusRegistry registry) {
        searches = seconds("lectern_retrieval_duration", "What finding passages for a question took.")
                .register(registry);
        firstTexts = seconds("lectern_model_time_to_first_token", "From a model's call to its first text.", MODELS)
                .labelNames("model", "outcome")
                .register(registry);
        calls = seconds("lectern_model_call_duration", "What a model's call took.", MODELS)
                .labelNames("model", "outcome")
                .register(registry);
        degraded = Counter.builder()
                .name("lectern_answers_degraded")
                .help("Answers that are less than they could be, by the reason that they show.")
                .labelNames("reason")
                .register(registry);
    }

    @Override
    public void searched(Duration took) {
        searches.observe(seconds(took));
    }

    @Override
    public void modelEnded(String model, Ending ending, @Nullable Duration firstText, Duration took) {
        String outcome = ending.name().toLowerCase(Locale.ROOT);
        calls.labelValues(model, outcome).observe(seconds(took));
        if (firstText != null) {
            firstTexts.labelValues(model, outcome).observe(seconds(firstText));
        }
        RequestInProgress request = RequestInProgress.current();
        if (request != null) {
            request.modelEnded(firstText, took);
        }
    }

    @Override
    public void degraded(String reason) {
        degraded.labelValues(reason).inc();
        RequestInProgress request = RequestInProgress.current();
        if (request != null) {
            request.degraded(reason);
        }
    }
}
