package dev.lectern.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies the tokens of an OpenID provider: JWTs signed with a key that it publishes. A token that was
/// verified once is good until it expires or its key is withdrawn, without its signature being looked at for each
/// request.
final class OpenIdTokens implements AutoCloseable {

    /// How many tokens are remembered: some 6 MB of them.
    private static final int REMEMBERED = 4096;

    private static final Duration COME_AGAIN = Duration.ofSeconds(15);

    /// Tokens that let somebody in. Others of the same provider's, such as those that end a session, do
    /// not.
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    private final OpenIdSettings.Provider provider;
    private final ProviderKeys keys;
    private final InstantSource clock;

    /// Genuine ones only, as in [ReaderTokens].
    private final Cache<String, Person> genuine =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /// @param key the thumbprint of what has signed the token
    private record Person(Caller caller, Instant until, Base64URL key) {}

    OpenIdTokens(OpenIdSettings.Provider provider, InstantSource clock) {
        this(provider, new ProviderKeys(new ProviderKeyFetch(provider.issuer(), provider.jwksUrl()), clock), clock);
    }

    OpenIdTokens(OpenIdSettings.Provider provider, ProviderKeys keys, InstantSource clock) {
        this.provider = provider;
        this.keys = keys;
        this.clock = clock;
    }

    /// Whose token this is, where it was verified before and is still good: a key that is stolen signs tokens for years
    /// to come, and what ends them is that the provider publishes it no more.
    Optional<Caller> remembered(String token) {
        Person person = genuine.getIfPresent(token);
        return person != null && clock.instant().isBefore(person.until()) && keys.isPublished(person.key())
                ? Optional.of(person.caller())
                : Optional.empty();
    }

    /// Whose token this is; empty where it is forged, foreign, malformed, expired or not yet good.
    ///
    /// @throws ProblemException 503 where it may be good, and no key of the provider's is known to tell by: a
    ///     401 would have good clients throw a good token away
    Optional<Caller> verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            // What costs nothing comes first: strangers shall not have keys fetched.
            if (!isAllowed(jwt.getHeader()) || !isForHere(claims) || !isGoodNow(claims)) {
                return Optional.empty();
            }
            JWK signer = signer(jwt);
            if (signer == null) {
                return Optional.empty();
            }
            Person person = new Person(
                    Caller.person(provider.issuer(), claims.getSubject()),
                    claims.getExpirationTime().toInstant().plus(provider.clockSkew()),
                    signer.computeThumbprint());
            genuine.put(token, person);
            return Optional.of(person.caller());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(JWSHeader header) {
        return provider.algorithms().contains(header.getAlgorithm())
                && (header.getType() == null || TYPES.contains(header.getType()));
    }

    private boolean isForHere(JWTClaimsSet claims) {
        return provider.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(provider.audience())
                && claims.getSubject() != null
                && !claims.getSubject().isBlank();
    }

    private boolean isGoodNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Duration skew = provider.clockSkew();
        Date expiry = claims.getExpirationTime();
        return expiry != null
                && now.isBefore(expiry.toInstant().plus(skew))
                && hasCome(claims.getNotBeforeTime(), now.plus(skew))
                && hasCome(claims.getIssueTime(), now.plus(skew));
    }

    private static boolean hasCome(@Nullable Date time, Instant latest) {
        return time == null || !time.toInstant().isAfter(latest);
    }

    private @Nullable JWK signer(SignedJWT jwt) throws JOSEException {
        for (JWK key : candidates(jwt.getHeader())) {
            JWSVerifier verifier = verifier(key);
            if (verifier != null
                    && verifier.supportedJWSAlgorithms()
                            .contains(jwt.getHeader().getAlgorithm())
                    && jwt.verify(verifier)) {
                return key;
            }
        }
        return null;
    }

    private Iterable<JWK> candidates(JWSHeader header) {
        try {
            return keys.matching(header);
        } catch (KeySourceException e) {
            throw new ProblemException(Problem.of(
                            503,
                            "identity-provider-unavailable",
                            "The identity provider is not available",
                            "The token cannot be verified, because the provider's keys cannot be had.")
                    .retryingAfter(COME_AGAIN));
        }
    }

    private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case OctetKeyPair edwards -> EdwardsVerifier.of(edwards);
            default -> null;
        };
    }

    @Override
    public void close() {
        keys.close();
    }
}
