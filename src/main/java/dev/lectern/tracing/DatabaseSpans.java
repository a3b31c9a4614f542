package dev.lectern.tracing;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.NeonListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/// A span for each piece of work on the database: for as long as it held a connection, or waited for one in vain.
final class DatabaseSpans implements NeonListener {

    private final PastSpan past;

    DatabaseSpans(Tracer tracer, InstantSource clock) {
        past = new PastSpan(tracer, clock);
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        SpanBuilder span = past.of("postgresql " + word(criticality), SpanKind.CLIENT, held);
        if (span != null) {
            described(span, criticality)
                    .setAttribute("lectern.outcome", word(outcome))
                    .startSpan()
                    .end();
        }
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        SpanBuilder span = past.of("postgresql " + word(criticality), SpanKind.CLIENT, waited);
        if (span != null) {
            Span refusal = described(span, criticality)
                    .setAttribute("error.type", failure.slug())
                    .startSpan();
            refusal.setStatus(StatusCode.ERROR);
            refusal.end();
        }
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        Span.current()
                .addEvent(
                        "database failure",
                        Attributes.builder()
                                .put("error.type", failure.slug())
                                .put("lectern.repeated", repeated)
                                .build());
    }

    private static SpanBuilder described(SpanBuilder span, Criticality criticality) {
        return span.setAttribute("db.system.name", "postgresql").setAttribute("lectern.criticality", word(criticality));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
