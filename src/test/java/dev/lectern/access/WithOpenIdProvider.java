package dev.lectern.access;

import static dev.lectern.testing.StubIdentityProvider.AUDIENCE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lectern.testing.EdwardsSigner;
import dev.lectern.testing.StubIdentityProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Access tokens of a provider, whose keys are made once for all tests, and the time by which they are looked at.
abstract class WithOpenIdProvider {

    static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    static final Duration SKEW = Duration.ofMinutes(1);

    static RSAKey rsa;
    static RSAKey laterRsa;
    static JWK ec;
    static JWK edwards;

    final StubIdentityProvider provider = new StubIdentityProvider();
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    OpenIdTokens tokens;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("first").generate();
        laterRsa = new RSAKeyGenerator(2048).keyID("later").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        edwards = EdwardsSigner.newPair("edwards");
    }

    @BeforeEach
    void publish() {
        provider.publish(rsa, ec, edwards);
        tokens = verifier();
    }

    @AfterEach
    void close() {
        tokens.close();
        provider.close();
    }

    private OpenIdTokens verifier() {
        OpenIdSettings settings =
                new OpenIdSettings(provider.issuer(), AUDIENCE, null, SKEW, "RS256,PS256,ES256,EdDSA,Ed25519");
        return new OpenIdTokens(settings.provider().orElseThrow(), now::get);
    }

    final JWTClaimsSet claims(String subject) {
        return provider.claims(subject, now.get()).build();
    }
}
