package dev.lectern.access;

import static dev.lectern.testing.StubIdentityProvider.AUDIENCE;
import static dev.lectern.testing.StubIdentityProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.testing.EdwardsSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenIdTokensTest extends WithOpenIdProvider {

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
    void a_token_of_the_provider_is_a_person(String algorithm) {
        JWSAlgorithm signedWith = JWSAlgorithm.parse(algorithm);

        JWK key = algorithm.startsWith("Ed") ? edwards : algorithm.startsWith("ES") ? ec : rsa;

        Optional<Caller> caller = tokens.verify(signed(signedWith, key, claims("alice")));

        assertThat(caller).contains(Caller.person(provider.issuer(), "alice"));
        assertThat(caller.orElseThrow().scopes()).containsExactly(Scope.CHAT);
    }

    @Test
    void the_same_subject_is_the_same_reader_and_another_is_another() {
        ReaderId alice = reader("alice");

        assertThat(reader("alice")).isEqualTo(alice);
        assertThat(reader("bob")).isNotEqualTo(alice);
        assertThat(alice.value().version()).isEqualTo(8);
        assertThat(alice.value().variant()).isEqualTo(2);
        assertThat(ReaderId.named("openid", "https://a", "b")).isNotEqualTo(ReaderId.named("openid", "https://ab", ""));
    }

    private ReaderId reader(String subject) {
        return tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims(subject)))
                .orElseThrow()
                .reader();
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> foreignClaims() {
        return Stream.of(
                claims -> claims.issuer("https://issuer.example"),
                claims -> claims.issuer(null),
                claims -> claims.audience("another book"),
                claims -> claims.audience((String) null),
                claims -> claims.subject(null),
                claims -> claims.subject(" "),
                claims -> claims.expirationTime(null),
                claims -> claims.expirationTime(Date.from(NOW.minus(SKEW))),
                claims -> claims.notBeforeTime(Date.from(NOW.plus(SKEW).plusSeconds(1))),
                claims -> claims.issueTime(Date.from(NOW.plus(SKEW).plusSeconds(1))));
    }

    @ParameterizedTest
    @MethodSource("foreignClaims")
    void a_foreign_an_expired_and_an_early_token_are_refused(UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet claims = change.apply(provider.claims("alice", NOW)).build();

        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims))).isEmpty();
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void clocks_may_differ_by_the_skew() {
        JWTClaimsSet justOver = provider.claims("alice", NOW)
                .issueTime(Date.from(NOW.plus(SKEW)))
                .notBeforeTime(Date.from(NOW.plus(SKEW)))
                .expirationTime(Date.from(NOW.minus(SKEW).plusSeconds(1)))
                .build();

        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, justOver))).isPresent();
    }

    @Test
    void a_token_among_others_for_here_is_good() {
        JWTClaimsSet claims = provider.claims("alice", NOW)
                .audience(List.of("another book", AUDIENCE))
                .build();

        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims))).isPresent();
    }

    @Test
    void no_signature_is_none() {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String good = signed(JWSAlgorithm.RS256, rsa, claims("alice"));
        String[] parts = good.split("\\.", -1);

        assertThat(tokens.verify(new PlainJWT(claims("alice")).serialize())).isEmpty();
        assertThat(tokens.verify(header + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.verify(header + "." + parts[1] + "." + parts[2])).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1] + ".")).isEmpty();
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        for (byte[] secret : new byte[][] {
            rsa.toRSAPublicKey().getEncoded(),
            rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            ("-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(rsa.toRSAPublicKey().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n")
                    .getBytes(StandardCharsets.UTF_8)
        }) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims("alice"));
            jwt.sign(new MACSigner(secret));
            assertThat(tokens.verify(jwt.serialize())).isEmpty();
        }
    }

    @Test
    void a_key_in_the_tokens_own_header_is_not_taken() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("own").generate();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create("https://keys.example/own"))
                .build();

        assertThat(tokens.verify(signed(header, own, claims("alice")))).isEmpty();
    }

    @Test
    void an_algorithm_that_is_not_allowed_and_one_of_another_kind_of_key_are_refused() throws Exception {
        assertThat(tokens.verify(signed(JWSAlgorithm.RS512, rsa, claims("alice"))))
                .isEmpty();
        JWSHeader mixed =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("curve").build();
        assertThat(tokens.verify(signed(mixed, rsa, claims("alice")))).isEmpty();
        assertThat(tokens.verify(signed(JWSAlgorithm.EdDSA, EdwardsSigner.newPair("edwards"), claims("alice"))))
                .isEmpty();
    }

    @Test
    void a_token_that_is_changed_is_refused() {
        String[] good = signed(JWSAlgorithm.RS256, rsa, claims("alice")).split("\\.", -1);
        String[] other = signed(JWSAlgorithm.RS256, rsa, claims("bob")).split("\\.", -1);

        assertThat(tokens.verify(good[0] + "." + other[1] + "." + good[2])).isEmpty();
    }

    @Test
    void a_token_that_ends_a_session_begins_none() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new JOSEObjectType("logout+jwt"))
                .build();

        assertThat(tokens.verify(signed(header, rsa, claims("alice")))).isEmpty();
        JWSHeader access = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new JOSEObjectType("at+jwt"))
                .build();
        assertThat(tokens.verify(signed(access, rsa, claims("alice")))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "\u0000", "..", "e30.e30.e30", "lk_abc"})
    void what_is_no_token_is_refused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
        assertThat(provider.fetches()).isZero();
    }
}
