package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/// Refuses who bears no token that is good.
@Priority(Priorities.AUTHORIZATION)
final class CallerNeededFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getSecurityContext().getUserPrincipal() == null) {
            throw ProblemException.unauthorized("This server has no anonymous readers: a token is needed.");
        }
    }
}
