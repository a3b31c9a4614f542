package dev.lectern.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReaderTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ReaderId READER = new ReaderId(UUID.fromString("019ab000-0000-7000-8000-000000000001"));

    private final ReaderTokens tokens = tokens("a secret that has thirty-two bytes", NOW);

    @Test
    void a_token_proves_the_reader_it_was_issued_to() {
        assertThat(tokens.verify(tokens.issue(READER).token())).contains(READER);
    }

    @Test
    void a_token_says_when_it_ends_and_ends_then() {
        ReaderTokens.Issued issued = tokens.issue(READER);

        assertThat(issued.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(at(issued.expiresAt().minusMillis(1)).verify(issued.token())).contains(READER);
        assertThat(at(issued.expiresAt()).verify(issued.token())).isEmpty();
    }

    @Test
    void a_token_that_was_verified_before_ends_all_the_same() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        byte[] secret = "a secret that has thirty-two bytes".getBytes(StandardCharsets.UTF_8);
        ReaderTokens remembering = new ReaderTokens(secret, Duration.ofDays(30), now::get);
        ReaderTokens.Issued issued = remembering.issue(READER);
        assertThat(remembering.verify(issued.token())).contains(READER);

        now.set(issued.expiresAt());

        assertThat(remembering.verify(issued.token())).isEmpty();
    }

    @Test
    void a_token_signed_with_another_secret_is_refused() {
        String foreign =
                tokens("another secret that has thirty-two", NOW).issue(READER).token();

        assertThat(tokens.verify(foreign)).isEmpty();
    }

    @Test
    void an_unsigned_token_is_refused() {
        assertThat(tokens.verify(new PlainJWT(claims("lectern")).serialize())).isEmpty();
    }

    @Test
    void another_algorithm_is_refused_even_with_the_right_secret() throws Exception {
        byte[] secret = "a secret that is long enough for SHA-512, which asks for sixty-four bytes"
                .getBytes(StandardCharsets.UTF_8);
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims("lectern"));
        jwt.sign(new MACSigner(secret));

        assertThat(new ReaderTokens(secret, Duration.ofDays(30), () -> NOW).verify(jwt.serialize()))
                .isEmpty();
    }

    @Test
    void another_issuer_is_refused() throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("somebody"));
        jwt.sign(new MACSigner("a secret that has thirty-two bytes".getBytes(StandardCharsets.UTF_8)));

        assertThat(tokens.verify(jwt.serialize())).isEmpty();
    }

    @Test
    void what_is_no_token_is_refused() {
        assertThat(tokens.verify("")).isEmpty();
        assertThat(tokens.verify("a.b.c")).isEmpty();
        assertThat(tokens.verify("\u0000")).isEmpty();
    }

    @Test
    void a_short_secret_is_refused_at_the_start() {
        assertThatThrownBy(() -> tokens("short", NOW)).hasMessageContaining("32 bytes");
    }

    private static JWTClaimsSet claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(READER.value().toString())
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    private static ReaderTokens at(Instant now) {
        return tokens("a secret that has thirty-two bytes", now);
    }

    private static ReaderTokens tokens(String secret, Instant now) {
        return new ReaderTokens(secret.getBytes(StandardCharsets.UTF_8), Duration.ofDays(30), () -> now);
    }
}
