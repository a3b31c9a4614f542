package dev.lectern.access;

import static dev.lectern.testing.StubIdentityProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;

/// The keys of the provider: new, withdrawn, made up, and while the provider is down.
class OpenIdKeysTest extends WithOpenIdProvider {

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

    private JWTClaimsSet yearsOf(String subject) {
        return provider.claims(subject, NOW)
                .expirationTime(Date.from(NOW.plus(Duration.ofDays(3_650))))
                .build();
    }
}
