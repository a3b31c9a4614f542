package dev.lectern.tracing;

import dev.lectern.answer.AnswerListener;
import dev.lectern.neon.monitor.NeonListener;
import io.dropwizard.core.setup.Environment;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Makes spans where an agent or an SDK of OpenTelemetry is present when the application starts, and otherwise nothing
/// at all.
public final class TracingFeature {

    private final @Nullable Tracer tracer;
    private final InstantSource clock;

    /// For what is present in this process.
    public TracingFeature(InstantSource clock) {
        this.tracer = GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.getTracer("dev.lectern") : null;
        this.clock = clock;
    }

    /// Spans of the database's work.
    public NeonListener listener() {
        return tracer == null ? NeonListener.NONE : new DatabaseSpans(tracer, clock);
    }

    /// Spans of searches and of language models.
    public AnswerListener answers() {
        return tracer == null ? AnswerListener.NONE : new AnswerSpans(tracer, clock);
    }

    /// Puts spans of requests into an application, within the filters that are there already.
    public void register(Environment environment) {
        if (tracer != null) {
            environment
                    .servlets()
                    .addFilter("request-spans", new RequestSpans(tracer))
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
    }
}
