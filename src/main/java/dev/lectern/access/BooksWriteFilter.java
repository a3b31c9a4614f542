package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets those import books who bear the operator's API key, or one with the scope `books:write`.
@BooksWrite
@Priority(Priorities.AUTHENTICATION)
final class BooksWriteFilter implements ContainerRequestFilter {

    private final @Nullable String operatorKey;
    private final Identities identities;

    BooksWriteFilter(@Nullable String operatorKey, Identities identities) {
        this.operatorKey = operatorKey;
        this.identities = identities;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        BearerToken bearer = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (bearer == null || operatorKey == null || !bearer.is(operatorKey)) {
            Optional.ofNullable(bearer)
                    .flatMap(token -> identities.of(token.text()))
                    .orElseThrow(BooksWriteFilter::stranger)
                    .with(Scope.BOOKS_WRITE);
        }
    }

    /// In the same words whether there is an operator's key or not: what is set up here is no stranger's business.
    private static ProblemException stranger() {
        return ProblemException.unauthorized(
                "Importing a book needs an API key with the scope books:write as a bearer token.");
    }
}
