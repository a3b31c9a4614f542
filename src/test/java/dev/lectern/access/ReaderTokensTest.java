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
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReaderTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ReaderId READER = new ReaderId(UUID.fromString("019ab000-0000-7000-8000-000000000001"));

    private static final String SECRET = "a secret that has thirty-two bytes";
    private static final String LATER = "the secret that comes after that one";

    private final ReaderTokens tokens = tokens(SECRET, NOW);

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
        ReaderTokens remembering = new ReaderTokens(() -> keys(SECRET), Duration.ofDays(30), now::get);
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
    void after_a_rotation_the_new_secret_signs_and_the_old_one_is_good_still() throws Exception {
        String before = tokens.issue(READER).token();
        ReaderTokens rotated = new ReaderTokens(() -> keys(LATER, SECRET), Duration.ofDays(30), () -> NOW);

        String after = rotated.issue(READER).token();

        assertThat(rotated.verify(before)).contains(READER);
        assertThat(rotated.verify(after)).contains(READER);
        assertThat(tokens.verify(after)).isEmpty();
        assertThat(keyId(after)).isNotEqualTo(keyId(before));
        assertThat(keyId(before)).isEqualTo(keyId(tokens.issue(READER).token())).doesNotContain("secret");
    }

    @Test
    void a_secret_that_is_taken_away_ends_its_tokens_though_they_were_verified_before() {
        AtomicReference<TokenKeys> good = new AtomicReference<>(keys(LATER, SECRET));
        ReaderTokens watching = new ReaderTokens(good::get, Duration.ofDays(30), () -> NOW);
        String before = tokens.issue(READER).token();
        String after = watching.issue(READER).token();
        assertThat(watching.verify(before)).contains(READER);

        good.set(keys(LATER));

        assertThat(watching.verify(before)).isEmpty();
        assertThat(watching.verify(after)).contains(READER);
    }

    @Test
    void a_token_from_before_secrets_could_rotate_is_good_with_any_of_them() throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("lectern"));
        jwt.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));

        assertThat(new ReaderTokens(() -> keys(LATER, SECRET), Duration.ofDays(30), () -> NOW).verify(jwt.serialize()))
                .contains(READER);
    }

    @Test
    void a_token_that_names_another_secret_than_its_own_is_refused() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("../secret").build(), claims("lectern"));
        jwt.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));

        assertThat(tokens.verify(jwt.serialize())).isEmpty();
    }

    private static String keyId(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
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

        assertThat(new ReaderTokens(() -> TokenKeys.of(List.of(secret)), Duration.ofDays(30), () -> NOW)
                        .verify(jwt.serialize()))
                .isEmpty();
    }

    @Test
    void another_issuer_is_refused() throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("somebody"));
        jwt.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));

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
        assertThatThrownBy(() -> keys("short")).hasMessageContaining("32 bytes");
    }

    private static JWTClaimsSet claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(READER.value().toString())
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    private static ReaderTokens at(Instant now) {
        return tokens(SECRET, now);
    }

    private static ReaderTokens tokens(String secret, Instant now) {
        return new ReaderTokens(() -> keys(secret), Duration.ofDays(30), () -> now);
    }

    private static TokenKeys keys(String... secrets) {
        return TokenKeys.of(Stream.of(secrets)
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
