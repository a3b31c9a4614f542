package dev.lectern;

import dev.lectern.access.AllowedOrigins;
import dev.lectern.access.OpenIdSettings;
import dev.lectern.access.TokenKeys;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/// Who may ask.
///
/// @param tokenSecret signs readers' tokens; kept in the home where null
/// @param previousTokenSecrets those before it, separated by commas, whose tokens are still good
/// @param anonymous whether there are anonymous readers
/// @param openId whose tokens are good beside Lectern's own
/// @param apiKey what lets books be imported over HTTP, beside the keys that are made for servers
/// @param allowedOrigins whose pages may call from a browser
/// @param adminToken what lets operators in at the admin port; where null, whoever is on this machine
public record AccessSettings(
        @Size(min = 32, message = "must have at least 32 characters") @Nullable
        String tokenSecret,

        @Nullable String previousTokenSecrets,
        @NotNull @DurationMin(seconds = 1) Duration tokenLifetime,
        @NotNull Boolean anonymous,
        @Valid @NotNull OpenIdSettings openId,

        @Size(min = 16, message = "must have at least 16 characters") @Nullable
        String apiKey,

        @NotNull AllowedOrigins allowedOrigins,

        @Size(min = 16, message = "must have at least 16 characters") @Nullable
        String adminToken) {

    private static final int SHORTEST_SECRET = 32;
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(30);

    static final AccessSettings DEFAULT = new AccessSettings(
            null, null, DEFAULT_LIFETIME, true, OpenIdSettings.NONE, null, AllowedOrigins.NONE, null);

    public AccessSettings {
        tokenSecret = blankToNull(tokenSecret);
        previousTokenSecrets = blankToNull(previousTokenSecrets);
        tokenLifetime = tokenLifetime == null ? DEFAULT_LIFETIME : tokenLifetime;
        anonymous = anonymous == null || anonymous;
        openId = openId == null ? OpenIdSettings.NONE : openId;
        apiKey = blankToNull(apiKey);
        allowedOrigins = allowedOrigins == null ? AllowedOrigins.NONE : allowedOrigins;
        adminToken = blankToNull(adminToken);
        if (!split(previousTokenSecrets).allMatch(secret -> secret.length() >= SHORTEST_SECRET)) {
            throw new IllegalArgumentException("previousTokenSecrets must have at least 32 characters each");
        }
        if (previousTokenSecrets != null && tokenSecret == null) {
            throw new IllegalArgumentException("previousTokenSecrets needs tokenSecret, which signs");
        }
    }

    /// What readers' tokens are signed and verified with; empty where that is kept in the home.
    Optional<TokenKeys> tokenKeys() {
        return Optional.ofNullable(tokenSecret).map(first -> {
            List<byte[]> secrets = Stream.concat(Stream.of(first), split(previousTokenSecrets))
                    .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                    .toList();
            return TokenKeys.of(secrets);
        });
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "AccessSettings[tokenLifetime=" + tokenLifetime + ", anonymous=" + anonymous + ", openId=" + openId
                + "]";
    }

    private static Stream<String> split(@Nullable String secrets) {
        return secrets == null
                ? Stream.empty()
                : Arrays.stream(secrets.split(",")).map(String::strip).filter(secret -> !secret.isEmpty());
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
