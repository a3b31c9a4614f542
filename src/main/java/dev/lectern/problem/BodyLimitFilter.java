package dev.lectern.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Refuses bodies over the limit: at once where the length is announced, else as soon as they pass it.
final class BodyLimitFilter implements ContainerRequestFilter {

    private final InstantSource clock;

    @Context
    private @Nullable ResourceInfo resource;

    BodyLimitFilter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        BodyLimit declared = declared();
        long bytes = declared == null ? BodyLimit.DEFAULT : declared.value();
        long seconds = declared == null ? BodyLimit.DEFAULT_SECONDS : declared.seconds();
        if (request.getLength() > bytes) {
            throw ProblemException.tooLarge("The body may be " + bytes + " bytes at most.");
        }
        request.setEntityStream(new LimitedBody(request.getEntityStream(), bytes, Duration.ofSeconds(seconds), clock));
    }

    private @Nullable BodyLimit declared() {
        Method method = resource == null ? null : resource.getResourceMethod();
        return method == null ? null : method.getAnnotation(BodyLimit.class);
    }
}
