package dev.lectern.access;

import static dev.lectern.testing.StubIdentityProvider.AUDIENCE;
import static dev.lectern.testing.StubIdentityProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.problem.ProblemException;
import dev.lectern.testing.EdwardsSigner;
import dev.lectern.testing.StubIdentityProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenIdTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static RSAKey rsa;
    private static RSAKey laterRsa;
    private static JWK ec;
    private static JWK edwards;

    private final StubIdentityProvider provider = new StubIdentityProvider();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private OpenIdTokens tokens;

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

    @Test
    void keys_are_fetched_once_for_many_tokens_and_none_for_one_that_was_seen() {
        String token = signed(JWSAlgorithm.RS256, rsa, claims("alice"));
        assertThat(tokens.remembered(token)).isEmpty();
        assertThat(tokens.verify(token)).isPresent();
        assertThat(tokens.verify(signed(JWSAlgorithm.ES256, ec, claims("bob")))).isPresent();
        assertThat(provider.fetches()).isOne();

        provider.publish();
        provider.answerWith(500);
        now.set(NOW.plus(Duration.ofMinutes(5)).plus(SKEW).minusMillis(1));
        assertThat(tokens.remembered(token)).isPresent();
        now.set(NOW.plus(Duration.ofMinutes(5)).plus(SKEW));
        assertThat(tokens.remembered(token)).isEmpty();
        assertThat(tokens.verify(token)).isEmpty();
        assertThat(provider.fetches()).isOne();
    }

    @Test
    void a_new_key_is_found_when_the_first_token_names_it() {
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                .isPresent();

        provider.publish(laterRsa);

        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, laterRsa, claims("bob"))))
                .isPresent();
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("carol"))))
                .isEmpty();
    }

    @Test
    void a_key_that_is_withdrawn_takes_along_what_it_has_signed_for_years_to_come() {
        String forged = signed(JWSAlgorithm.RS256, rsa, yearsOf("alice"));
        assertThat(tokens.verify(forged)).isPresent();
        assertThat(tokens.remembered(forged)).isPresent();

        provider.publish(ec);
        now.set(NOW.plus(ProviderKeys.FRESH).minusMillis(1));
        assertThat(tokens.remembered(forged)).isPresent();
        now.set(NOW.plus(ProviderKeys.FRESH));
        assertThat(tokens.remembered(forged)).isEmpty();
        now.set(NOW.plus(ProviderKeys.LIFETIME));
        assertThat(tokens.verify(forged)).isEmpty();
        assertThat(tokens.remembered(forged)).isEmpty();
    }

    @Test
    void a_key_that_is_found_to_be_withdrawn_is_so_for_all_its_tokens_at_once() {
        String forged = signed(JWSAlgorithm.RS256, rsa, yearsOf("alice"));
        String kept = signed(JWSAlgorithm.ES256, ec, yearsOf("bob"));
        assertThat(tokens.verify(forged)).isPresent();
        assertThat(tokens.verify(kept)).isPresent();

        provider.publish(ec, laterRsa);
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, laterRsa, claims("carol"))))
                .isPresent();

        assertThat(tokens.remembered(forged)).isEmpty();
        assertThat(tokens.verify(forged)).isEmpty();
        assertThat(tokens.remembered(kept)).isPresent();
    }

    @Test
    void another_key_under_the_same_name_is_another_key() throws Exception {
        String forged = signed(JWSAlgorithm.RS256, rsa, yearsOf("alice"));
        assertThat(tokens.verify(forged)).isPresent();

        provider.publish(new RSAKeyGenerator(2048).keyID("first").generate(), laterRsa);
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, laterRsa, claims("carol"))))
                .isPresent();

        assertThat(tokens.remembered(forged)).isEmpty();
        assertThat(tokens.verify(forged)).isEmpty();
    }

    @Test
    void while_the_provider_is_down_tokens_are_remembered_by_the_keys_of_before() {
        String token = signed(JWSAlgorithm.RS256, rsa, yearsOf("alice"));
        assertThat(tokens.verify(token)).isPresent();
        provider.answerWith(500);

        now.set(NOW.plus(ProviderKeys.LIFETIME));
        assertThat(tokens.remembered(token)).isEmpty();
        assertThat(tokens.verify(token)).isPresent();
        assertThat(tokens.remembered(token)).isPresent();
    }

    @Test
    void made_up_keys_have_the_provider_asked_at_a_rate() throws Exception {
        RSAKey unknown = new RSAKeyGenerator(2048).keyID("x").generate();
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                .isPresent();

        for (int i = 0; i < 50; i++) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("made-up-" + i)
                    .build();
            assertThat(tokens.verify(signed(header, unknown, claims("alice")))).isEmpty();
        }

        assertThat(provider.fetches()).isLessThanOrEqualTo(2);
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("bob"))))
                .isPresent();
    }

    @Test
    void while_the_provider_is_down_its_keys_go_on_for_a_day_and_the_new_ones_are_unknown() {
        assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                .isPresent();
        provider.answerWith(500);

        for (int hours = 1; hours < 24; hours += 4) {
            now.set(NOW.plus(Duration.ofHours(hours)));
            assertThat(tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                    .isPresent();
            assertThat(tokens.verify(signed(JWSAlgorithm.RS256, laterRsa, claims("alice"))))
                    .isEmpty();
        }
        now.set(NOW.plus(ProviderKeys.OUTAGE).plus(ProviderKeys.LIFETIME));
        assertThatThrownBy(() -> tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void with_no_key_at_all_a_token_that_may_be_good_is_503_and_one_that_cannot_be_is_refused() {
        provider.answerWith(503);
        String maybe = signed(JWSAlgorithm.RS256, rsa, claims("alice"));

        assertThatThrownBy(() -> tokens.verify(maybe)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().slug()).isEqualTo("identity-provider-unavailable");
            assertThat(e.problem().retryAfter()).isPositive();
        });
        assertThat(tokens.verify(signed(
                        JWSAlgorithm.RS256,
                        rsa,
                        provider.claims("alice", NOW).audience("another book").build())))
                .isEmpty();

        provider.answerWith(200);
        now.set(NOW.plus(ProviderKeys.INTERVAL));
        assertThat(tokens.verify(maybe)).isPresent();
    }

    @Test
    void a_discovery_document_of_another_issuer_is_not_believed() {
        provider.callItself("https://issuer.example");

        assertThatThrownBy(() -> tokens.verify(signed(JWSAlgorithm.RS256, rsa, claims("alice"))))
                .isInstanceOf(ProblemException.class);
        assertThat(provider.fetches()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "\u0000", "..", "e30.e30.e30", "lk_abc"})
    void what_is_no_token_is_refused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void settings_that_would_weaken_it_are_refused() {
        assertThatThrownBy(() -> settings("http://issuer.example", "RS256")).hasMessageContaining("https");
        assertThatThrownBy(() -> settings("https://u:p@issuer.example", "RS256"))
                .hasMessageContaining("https");
        for (String algorithm : Set.of("HS256", "none", "RS256,HS512", "Ed448")) {
            assertThatThrownBy(() -> settings("https://issuer.example", algorithm))
                    .hasMessageContaining("algorithms");
        }
        assertThatThrownBy(() -> new OpenIdSettings("https://issuer.example", null, null, null, null))
                .hasMessageContaining("LECTERN_OPENID_AUDIENCE");
        assertThat(OpenIdSettings.NONE.provider()).isEmpty();
    }

    private static OpenIdSettings settings(String issuer, String algorithms) {
        return new OpenIdSettings(issuer, AUDIENCE, null, SKEW, algorithms);
    }

    private OpenIdTokens verifier() {
        return new OpenIdTokens(
                settings(provider.issuer(), "RS256,PS256,ES256,EdDSA,Ed25519")
                        .provider()
                        .orElseThrow(),
                now::get);
    }

    private JWTClaimsSet yearsOf(String subject) {
        return provider.claims(subject, NOW)
                .expirationTime(Date.from(NOW.plus(Duration.ofDays(3_650))))
                .build();
    }

    private JWTClaimsSet claims(String subject) {
        return provider.claims(subject, now.get()).build();
    }
}
