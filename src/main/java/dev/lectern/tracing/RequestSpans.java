package dev.lectern.tracing;

import dev.lectern.neon.monitor.WorkAccount;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// A span for each request, in the trace that its `traceparent` names
/// (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). It has the route's template and never the path.
record RequestSpans(Tracer tracer) implements Filter {

    /// Of a request that found no route.
    private static final String NO_ROUTE = "HTTP";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Span span = tracer.spanBuilder(NO_ROUTE)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent((HttpServletRequest) request))
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            if (span.getSpanContext().isValid()) {
                MDC.put("trace_id", span.getSpanContext().getTraceId());
            }
            chain.doFilter(request, response);
        } finally {
            describe(span, ((HttpServletResponse) response).getStatus());
            span.end();
        }
    }

    /// An agent has a span of its own for the request: then this one is part of it.
    private static Context parent(HttpServletRequest request) {
        return Span.current().getSpanContext().isValid()
                ? Context.current()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), request, new Headers());
    }

    private static void describe(Span span, int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
        WorkAccount account = WorkAccount.current();
        if (account == null || account.route().isEmpty()) {
            return;
        }
        span.updateName(account.route());
        span.setAttribute("lectern.request_id", account.requestId());
        span.setAttribute("lectern.round_trips", account.roundTrips());
        String failure = account.failure();
        if (failure != null) {
            span.setAttribute("error.type", failure);
        }
    }

    private static final class Headers implements TextMapGetter<HttpServletRequest> {

        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    }
}
