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

/// Lets those import books who bear the API key.
@BooksWrite
@Priority(Priorities.AUTHENTICATION)
final class BooksWriteFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final @Nullable String apiKey;
    private final ReaderTokens readers;

    BooksWriteFilter(@Nullable String apiKey, ReaderTokens readers) {
        this.apiKey = apiKey;
        this.readers = readers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(SCHEME)) {
            throw ProblemException.unauthorized("Importing a book needs an API key as a bearer token.");
        }
        if (apiKey == null) {
            throw ProblemException.forbidden("This server has no API key, so books cannot be imported over HTTP.");
        }
        String offered = header.substring(SCHEME.length());
        if (!equalInConstantTime(offered, apiKey)) {
            throw readers.verify(offered).isPresent()
                    ? ProblemException.forbidden("A reader's token does not allow imports; an API key does.")
                    : ProblemException.unauthorized("The API key is not known.");
        }
    }

    private static boolean equalInConstantTime(String offered, String expected) {
        return MessageDigest.isEqual(
                offered.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
