package dev.lectern.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Refuses bodies over the limit of a resource's method: at once where the length is announced, else as soon as they
/// pass it, or when their time is over.
///
/// @param bytes at most
/// @param patience until all of the body must be there
record BodyLimitFilter(long bytes, Duration patience) implements ContainerRequestFilter {

    /// Gives each method its filter.
    static DynamicFeature forEach() {
        return (ResourceInfo resource, FeatureContext context) ->
                context.register(of(resource.getResourceMethod().getAnnotation(BodyLimit.class)));
    }

    private static BodyLimitFilter of(@Nullable BodyLimit declared) {
        return declared == null
                ? new BodyLimitFilter(BodyLimit.DEFAULT, Duration.ofSeconds(BodyLimit.DEFAULT_SECONDS))
                : new BodyLimitFilter(declared.value(), Duration.ofSeconds(declared.seconds()));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (announced(request) > bytes) {
            throw ProblemException.tooLarge("The body may be " + bytes + " bytes at most.");
        }
        request.setProperty(TimedBody.PATIENCE, patience);
        request.setEntityStream(new LimitedBody(request.getEntityStream(), bytes));
    }

    /// Jersey's own length is a number of 32 bits. What is none at all Jetty has refused.
    private static long announced(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null || length.isEmpty() ? 0 : Long.parseLong(length);
    }
}
