package dev.lectern.tracing;

import dev.lectern.answer.AnswerListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Spans of searches and of language models' calls
/// (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/), without what was asked or answered.
final class AnswerSpans implements AnswerListener {

    private final PastSpan past;

    AnswerSpans(Tracer tracer, InstantSource clock) {
        past = new PastSpan(tracer, clock);
    }

    @Override
    public void searched(Duration took) {
        SpanBuilder span = past.of("search", SpanKind.INTERNAL, took);
        if (span != null) {
            span.startSpan().end();
        }
    }

    @Override
    public void modelEnded(String model, Ending ending, @Nullable Duration firstText, Duration took) {
        SpanBuilder builder = past.of("chat " + model, SpanKind.CLIENT, took);
        if (builder == null) {
            return;
        }
        Span span = builder.setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.request.model", model)
                .setAttribute("lectern.outcome", ending.name().toLowerCase(Locale.ROOT))
                .startSpan();
        if (firstText != null) {
            span.setAttribute("lectern.time_to_first_token_ms", firstText.toMillis());
        }
        if (ending == Ending.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public void degraded(String reason) {
        Span.current().setAttribute("lectern.degraded", reason);
    }
}
