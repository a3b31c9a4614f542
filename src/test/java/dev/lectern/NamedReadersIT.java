package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.lectern.access.ReaderId;
import dev.lectern.access.ReaderTokens;
import dev.lectern.access.TokenKeys;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubIdentityProvider;
import dev.lectern.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A server that lets nobody in whom it cannot name.
class NamedReadersIT {

    private static final String SECRET = "a secret that has thirty-two bytes";
    private static final String QUESTION = "{\"query\": \"What is a permit?\"}";

    private static StubIdentityProvider provider;
    private static RSAKey key;
    private static LecternServer lectern;

    @BeforeAll
    static void start() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("first").generate();
        provider = new StubIdentityProvider();
        lectern = LecternServer.start(
                        TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                        Map.of(
                                "access.tokenSecret",
                                SECRET,
                                "access.anonymous",
                                "false",
                                "access.openId.issuer",
                                provider.issuer(),
                                "access.openId.audience",
                                StubIdentityProvider.AUDIENCE))
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
        provider.close();
    }

    @Test
    void an_anonymous_reader_is_neither_made_nor_let_in() {
        TokenKeys keys = TokenKeys.of(List.of(SECRET.getBytes(StandardCharsets.UTF_8)));
        String anonymous = new ReaderTokens(() -> keys, Duration.ofDays(1), InstantSource.system())
                .issue(new ReaderId(UUID.randomUUID()))
                .token();
        try (LecternClient reader = new LecternClient(lectern.url())) {
            assertThat(reader.post("/readers", "{}").status()).isEqualTo(403);
            assertThat(reader.post("/chat", QUESTION).status()).isEqualTo(401);
            assertThat(reader.get("/books").status()).isEqualTo(200);

            reader.bearing(anonymous);
            assertThat(reader.get("/conversations").status()).isEqualTo(401);
            assertThat(reader.post("/chat", QUESTION).status()).isEqualTo(401);
        }
    }

    @Test
    void before_the_providers_keys_are_there_a_person_is_told_to_come_again_and_is_let_in_then() {
        String token = StubIdentityProvider.signed(
                JWSAlgorithm.RS256, key, provider.claims("alice", Instant.now()).build());
        try (LecternClient person = new LecternClient(lectern.url()).bearing(token)) {
            provider.answerWith(500);
            LecternClient.Reply early = person.post("/chat", QUESTION);
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.json().at("/type").asText()).endsWith(":identity-provider-unavailable");
            assertThat(early.header("Retry-After")).isNotNull();

            provider.answerWith(200);
            provider.publish(key);
            assertThat(person.post("/chat", QUESTION).status()).isEqualTo(200);
            assertThat(person.get("/conversations").json().at("/items")).hasSize(1);
        }
    }
}
