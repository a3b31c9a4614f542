package dev.lectern.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
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
import org.jspecify.annotations.Nullable;

/// Issues and verifies the tokens of anonymous readers: JWTs signed with HMAC-SHA-256, which need no database.
public final class ReaderTokens {

    private static final String ISSUER = "lectern";

    /// How many tokens are remembered: some 3 MB of them.
    private static final int REMEMBERED = 4096;

    private final MACSigner signer;
    private final JWSVerifier verifier;
    private final Duration lifetime;
    private final InstantSource clock;

    /// What a genuine token says never changes, and a reader sends it with every request. Nothing else is remembered:
    /// whoever makes tokens up would push the genuine ones out.
    private final Cache<String, Claims> genuine =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Claims(ReaderId reader, Instant expiresAt) {}

    /// @param secret at least 32 bytes, the same in every replica
    public ReaderTokens(byte[] secret, Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            this.signer = new MACSigner(secret);
            this.verifier = new MACVerifier(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret of the readers' tokens must have 32 bytes at least", e);
        }
    }

    /// A token and the moment from which it is no longer accepted.
    public record Issued(String token, Instant expiresAt) {}

    public Issued issue(ReaderId reader) {
        Instant now = clock.instant();
        Instant expiry = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(reader.value().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiry))
                        .build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this JVM", e);
        }
        return new Issued(jwt.serialize(), expiry);
    }

    /// The reader whose token this is; empty where it is forged, foreign, malformed or expired.
    public Optional<ReaderId> verify(String token) {
        Claims claims = genuine.getIfPresent(token);
        if (claims == null) {
            claims = claims(token);
            if (claims == null) {
                return Optional.empty();
            }
            genuine.put(token, claims);
        }
        return clock.instant().isBefore(claims.expiresAt()) ? Optional.of(claims.reader()) : Optional.empty();
    }

    /// Null where it is forged, foreign or malformed.
    private @Nullable Claims claims(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                return null;
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!ISSUER.equals(claims.getIssuer()) || claims.getExpirationTime() == null) {
                return null;
            }
            return new Claims(
                    new ReaderId(UUID.fromString(claims.getSubject())),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return null;
        }
    }
}
