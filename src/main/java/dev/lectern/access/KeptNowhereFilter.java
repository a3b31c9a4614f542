package dev.lectern.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/// Has no browser and no proxy keep what a caller is told who is known: the next at the same machine may be another.
///
/// `no-store` and not `private, no-cache`: such a response has no entity tag, so a copy could not be found good again.
final class KeptNowhereFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean personal = request.getSecurityContext().getUserPrincipal() instanceof Caller;
        if (personal && !response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
