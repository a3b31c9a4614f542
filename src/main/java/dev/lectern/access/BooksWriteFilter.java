package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets those import books who bear the operator's API key, or one with the scope `books:write`, and writes down who
/// did.
@BooksWrite
@Priority(Priorities.AUTHENTICATION)
final class BooksWriteFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String OPERATOR = Operator.class.getName();

    private final @Nullable String operatorKey;
    private final Identities identities;

    BooksWriteFilter(@Nullable String operatorKey, Identities identities) {
        this.operatorKey = operatorKey;
        this.identities = identities;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        BearerToken bearer = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        request.setProperty(OPERATOR, operator(bearer));
    }

    private Operator operator(@Nullable BearerToken bearer) {
        if (bearer != null && operatorKey != null && bearer.is(operatorKey)) {
            return Operator.IMPORT_KEY;
        }
        String token = Optional.ofNullable(bearer).map(BearerToken::text).orElseThrow(BooksWriteFilter::stranger);
        identities.of(token).orElseThrow(BooksWriteFilter::stranger).with(Scope.BOOKS_WRITE);
        return identities.operator(token);
    }

    /// What the client had wrong has changed nothing.
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean refused = response.getStatusInfo().getFamily() == Response.Status.Family.CLIENT_ERROR;
        if (!refused && request.getProperty(OPERATOR) instanceof Operator operator) {
            operator.did(request.getMethod(), "/" + request.getUriInfo().getPath(), response.getStatus());
        }
    }

    /// In the same words whether there is an operator's key or not: what is set up here is no stranger's business.
    private static ProblemException stranger() {
        return ProblemException.unauthorized(
                "Importing a book needs an API key with the scope books:write as a bearer token.");
    }
}
