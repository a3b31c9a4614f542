package dev.lectern.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the tokens of anonymous readers: JWTs signed with HMAC-SHA-256, which need no
/// database.
public final class ReaderTokens {

    private static final String ISSUER = "lectern";

    /// How many tokens are remembered: some 3 MB of them.
    private static final int REMEMBERED = 4096;

    private final Supplier<TokenKeys> keys;
    private final Duration lifetime;
    private final InstantSource clock;

    /// What a genuine token says never changes, and a reader sends it with every request. Nothing else is
    /// remembered: whoever makes tokens up would push the genuine ones out.
    private final Cache<String, Claims> genuine =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Claims(ReaderId reader, Instant expiresAt, TokenKeys.Key key) {}

    /// @param keys those that are good now, the same in every replica
    public ReaderTokens(Supplier<TokenKeys> keys, Duration lifetime, InstantSource clock) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /// A token and the moment from which it is no longer accepted.
    public record Issued(String token, Instant expiresAt) {}

    public Issued issue(ReaderId reader) {
        Instant now = clock.instant();
        Instant expiry = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        TokenKeys.Key key = keys.get().signing();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.id()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(reader.value().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiry))
                        .build());
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this JVM", e);
        }
        return new Issued(jwt.serialize(), expiry);
    }

    /// The reader whose token this is; empty where it is forged, foreign, malformed or expired, or signed
    /// with a secret that is good no longer.
    public Optional<ReaderId> verify(String token) {
        TokenKeys accepted = keys.get();
        Claims claims = genuine.getIfPresent(token);
        if (claims == null) {
            claims = claims(token, accepted);
            if (claims == null) {
                return Optional.empty();
            }
            genuine.put(token, claims);
        }
        return accepted.has(claims.key()) && clock.instant().isBefore(claims.expiresAt())
                ? Optional.of(claims.reader())
                : Optional.empty();
    }

    /// Null where it is forged, foreign or malformed.
    private static @Nullable Claims claims(String token, TokenKeys accepted) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
                return null;
            }
            for (TokenKeys.Key key : accepted.candidates(jwt.getHeader().getKeyID())) {
                if (jwt.verify(key.verifier())) {
                    return claims(jwt.getJWTClaimsSet(), key);
                }
            }
            return null;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Claims claims(JWTClaimsSet claims, TokenKeys.Key key) {
        return ISSUER.equals(claims.getIssuer()) && claims.getSubject() != null && claims.getExpirationTime() != null
                ? new Claims(
                        new ReaderId(UUID.fromString(claims.getSubject())),
                        claims.getExpirationTime().toInstant(),
                        key)
                : null;
    }
}
