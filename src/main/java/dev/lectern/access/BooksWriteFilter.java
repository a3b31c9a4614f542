package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Lets those import books who bear the operator's API key, or one with the scope `books:write`.
@BooksWrite
@Priority(Priorities.AUTHENTICATION)
final class BooksWriteFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final @Nullable String operatorKey;
    private final Identities identities;

    BooksWriteFilter(@Nullable String operatorKey, Identities identities) {
        this.operatorKey = operatorKey;
        this.identities = identities;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(SCHEME)) {
            throw ProblemException.unauthorized("Importing a book needs an API key as a bearer token.");
        }
        String offered = header.substring(SCHEME.length());
        if (operatorKey != null && equalInConstantTime(offered, operatorKey)) {
            return;
        }
        if (operatorKey == null && !ApiKeyText.isMeant(offered)) {
            throw ProblemException.forbidden(
                    "This server has no LECTERN_API_KEY: importing a book needs an API key with the scope books:write.");
        }
        identities
                .of(offered)
                .orElseThrow(() -> ProblemException.unauthorized("The API key is not known."))
                .with(Scope.BOOKS_WRITE);
    }

    private static boolean equalInConstantTime(String offered, String expected) {
        return MessageDigest.isEqual(
                offered.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
