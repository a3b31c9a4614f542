package dev.lectern.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/// Writes the request's id into a problem.
final class IdentifyingFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem
                && request.getProperty(RequestId.HEADER) instanceof String id) {
            response.setEntity(problem.of(id));
        }
    }
}
