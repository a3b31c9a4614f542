package dev.lectern.problem;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Refuses a request whose `Accept` gives the weight 0 to all that the resource has, for which Jersey does not look.
final class UnwantedFormFilter implements ContainerRequestFilter {

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        List<MediaType> ranges = request.getAcceptableMediaTypes();
        if (ranges.stream().noneMatch(UnwantedFormFilter::isUnwanted)) {
            return;
        }
        String[] produced = produced();
        if (produced.length > 0
                && Stream.of(produced).map(MediaType::valueOf).allMatch(type -> isUnwanted(type, ranges))) {
            throw new NotAcceptableException();
        }
    }

    private String[] produced() {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method == null) {
            return new String[0];
        }
        Produces own = method.getAnnotation(Produces.class);
        Produces produces = own == null ? method.getDeclaringClass().getAnnotation(Produces.class) : own;
        return produces == null ? new String[0] : produces.value();
    }

    /// The narrowest range that a type is in decides.
    private static boolean isUnwanted(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.isCompatible(type))
                .min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
                .filter(UnwantedFormFilter::isUnwanted)
                .isPresent();
    }

    private static boolean isUnwanted(MediaType range) {
        return Double.parseDouble(range.getParameters().getOrDefault("q", "1")) == 0;
    }
}
