package dev.lectern.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/// Gives each request an id, the client's own where it sends a sane one, and puts it on the response, into problems and
/// into the log; and the trace id of a W3C `traceparent` into the log.
@PreMatching
public final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /// The header that carries the id, both ways.
    public static final String HEADER = "X-Request-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public void filter(ContainerRequestContext request) {
        String offered = request.getHeaderString(HEADER);
        String id = offered != null && SANE.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
        request.setProperty(HEADER, id);
        MDC.put("request_id", id);
        String traceparent = request.getHeaderString("traceparent");
        if (traceparent != null) {
            var trace = TRACEPARENT.matcher(traceparent);
            if (trace.matches()) {
                MDC.put("trace_id", trace.group(1));
            }
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(HEADER) instanceof String id) {
            response.getHeaders().putSingle(HEADER, id);
            if (response.getEntity() instanceof Problem problem) {
                response.setEntity(problem.of(id));
            }
        }
        MDC.remove("request_id");
        MDC.remove("trace_id");
    }
}
