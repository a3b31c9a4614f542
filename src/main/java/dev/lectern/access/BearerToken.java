package dev.lectern.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What a request bears in its header `Authorization`, of whatever kind it is. The scheme's case does not matter
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-11.1)).
///
/// @param text as it was sent, without blanks around it
public record BearerToken(String text) {

    private static final String SCHEME = "Bearer ";

    /// Null where the header is missing, or of another scheme.
    public static @Nullable BearerToken of(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? new BearerToken(authorization.substring(SCHEME.length()).strip())
                : null;
    }

    /// Whether it is this secret. How long that takes does not tell how near it comes.
    boolean is(String secret) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
