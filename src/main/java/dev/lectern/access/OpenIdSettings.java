package dev.lectern.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whose tokens are good beside Lectern's own: those of an OpenID provider, where an issuer is named.
///
/// @param issuer the provider as its tokens name it; null for none
/// @param audience whom its tokens must be for
/// @param jwksUrl where its keys are; null for what its discovery document says
/// @param clockSkew by how much the provider's clock may differ from this one
/// @param algorithms what its tokens may be signed with, separated by commas
public record OpenIdSettings(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable String jwksUrl,
        Duration clockSkew,
        String algorithms) {

    /// What can be verified here. Of a symmetric algorithm the verifier could sign, too: its key is no
    /// public one.
    private static final Set<String> KNOWN =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final String USUAL = "RS256,PS256,ES256,EdDSA";
    private static final Duration USUAL_SKEW = Duration.ofMinutes(1);
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);

    /// No provider.
    public static final OpenIdSettings NONE = new OpenIdSettings(null, null, null, null, null);

    public OpenIdSettings(
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable String jwksUrl,
            @Nullable Duration clockSkew,
            @Nullable String algorithms) {
        this.issuer = blankToNull(issuer);
        this.audience = blankToNull(audience);
        this.jwksUrl = blankToNull(jwksUrl);
        this.clockSkew = clockSkew == null ? USUAL_SKEW : clockSkew;
        this.algorithms = algorithms == null || algorithms.isBlank() ? USUAL : algorithms.strip();
        require(
                !this.clockSkew.isNegative() && this.clockSkew.compareTo(LARGEST_SKEW) <= 0,
                "clockSkew must be between 0s and 10m");
        names(this.algorithms)
                .forEach(name -> require(
                        KNOWN.contains(name), "algorithms names " + name + ", which is none of " + sorted(KNOWN)));
        if (this.issuer != null) {
            require(isSafe(this.issuer), "issuer must be an https:// URL");
            require(this.audience != null, "audience must be given, as LECTERN_OPENID_AUDIENCE, since the issuer is");
        }
        if (this.jwksUrl != null) {
            require(isSafe(this.jwksUrl), "jwksUrl must be an https:// URL");
        }
    }

    /// One provider, with every setting.
    ///
    /// @param jwksUrl null for what its discovery document says
    record Provider(
            String issuer, String audience, @Nullable URI jwksUrl, Duration clockSkew, Set<JWSAlgorithm> algorithms) {}

    /// The provider; empty where none is named.
    Optional<Provider> provider() {
        return issuer == null || audience == null
                ? Optional.empty()
                : Optional.of(new Provider(
                        issuer,
                        audience,
                        jwksUrl == null ? null : URI.create(jwksUrl),
                        clockSkew,
                        names(algorithms).stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet())));
    }

    /// Whether nobody between can change what is read there: encrypted, or on this machine.
    static boolean isSafe(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (scheme.equals("https") || (scheme.equals("http") && LoopbackHost.is(uri.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> names(String algorithms) {
        return Arrays.stream(algorithms.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
