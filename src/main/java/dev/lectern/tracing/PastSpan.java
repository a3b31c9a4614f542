package dev.lectern.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Spans of what has just ended on the thread of a request. What nobody has asked for belongs to no trace.
record PastSpan(Tracer tracer, InstantSource clock) {

    /// A part of the request whose start is set; null outside of requests.
    @Nullable
    SpanBuilder of(String name, SpanKind kind, Duration took) {
        return Span.current().getSpanContext().isValid()
                ? tracer.spanBuilder(name).setSpanKind(kind).setStartTimestamp(start(took))
                : null;
    }

    private Instant start(Duration took) {
        return clock.instant().minus(took);
    }
}
