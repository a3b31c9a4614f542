package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/// Refuses a token in the query, which Dropwizard would take where there is no header: addresses are kept in logs and
/// histories ([RFC 9700](https://www.rfc-editor.org/rfc/rfc9700#section-4.3.2)), and to the limits of each caller
/// whoever sends a token so would be nobody.
@Priority(Priorities.AUTHENTICATION - 1)
final class TokenInAddressFilter implements ContainerRequestFilter {

    private static final String PARAMETER = "access_token";

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getQueryParameters().containsKey(PARAMETER)) {
            throw ProblemException.invalid(PARAMETER, "belongs into the header Authorization, as a bearer token");
        }
    }
}
