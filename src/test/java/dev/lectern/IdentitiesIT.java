package dev.lectern;

import static dev.lectern.testing.StubIdentityProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.StubIdentityProvider;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who is let in, as what, over real HTTP: anonymous readers, people of an identity provider, servers. What
/// that costs the database is counted on the wire.
class IdentitiesIT {

    private static final String ADMIN_TOKEN = "the token of the operators";
    private static final AtomicReference<Duration> PASSED = new AtomicReference<>(Duration.ZERO);

    private static StubIdentityProvider provider;
    private static RSAKey providersKey;
    private static RSAKey strangersKey;
    private static WireTap tap;
    private static LecternServer lectern;
    private static ApiKeyRegister keys;

    @BeforeAll
    static void start() throws JOSEException {
        providersKey = new RSAKeyGenerator(2048).keyID("first").generate();
        strangersKey = new RSAKeyGenerator(2048).keyID("first").generate();
        provider = new StubIdentityProvider();
        provider.publish(providersKey);
        tap = WireTap.open("127.0.0.1", TestPostgres.port());
        String database = TestPostgres.freshDatabase();
        keys = new ApiKeyRegister(TestPostgres.open(database), IdentitiesIT::now);
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + database + "?sslmode=disable",
                        Map.of(
                                "database.maximumPoolSize",
                                "2",
                                "warmup.policy",
                                "off",
                                "warmup.earlyWake",
                                "false",
                                "access.openId.issuer",
                                provider.issuer(),
                                "access.openId.audience",
                                StubIdentityProvider.AUDIENCE,
                                "access.adminToken",
                                ADMIN_TOKEN),
                        IdentitiesIT::now)
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
        tap.close();
        provider.close();
    }

    @Test
    void a_person_is_the_same_reader_with_every_token() {
        try (LecternClient first = bearing(person("alice"));
                LecternClient second = bearing(signed(
                        JWSAlgorithm.PS256,
                        providersKey,
                        provider.claims("alice", now()).jwtID("another").build()))) {
            String conversation = first.converse("pools");

            assertThat(second.ask(conversation, "What is a permit?").json().at("/saved"))
                    .hasToString("true");
            assertThat(first.get("/conversations/" + conversation + "/messages")
                            .json()
                            .at("/items"))
                    .hasSize(2);
        }
    }

    @Test
    void nobody_reads_anothers_conversation_whoever_the_two_are() {
        String server = key(Scope.CHAT);
        List<String> callers;
        try (LecternClient reader = lectern.reader();
                LecternClient other = lectern.reader()) {
            callers = List.of(
                    String.valueOf(reader.token()),
                    String.valueOf(other.token()),
                    person("alice"),
                    person("bob"),
                    server,
                    key(Scope.CHAT));
        }
        for (String owner : callers) {
            try (LecternClient owning = bearing(owner)) {
                String conversation = "/conversations/" + owning.converse("pools");
                assertThat(owning.get(conversation).status()).isEqualTo(200);
                for (String other : callers) {
                    if (!other.equals(owner)) {
                        try (LecternClient guessing = bearing(other)) {
                            assertThat(guessing.get(conversation).status()).isEqualTo(404);
                            assertThat(guessing.get(conversation + "/messages").status())
                                    .isEqualTo(404);
                            assertThat(guessing.delete(conversation).status()).isEqualTo(404);
                        }
                    }
                }
            }
        }
    }

    @Test
    void forged_foreign_expired_and_early_tokens_are_all_refused_with_the_same_words() throws Exception {
        String none = refusal(null);
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), good());
        confused.sign(new MACSigner(providersKey.toRSAPublicKey().getEncoded()));
        String genuine = person("mallory");

        List<String> refused = List.of(
                signed(JWSAlgorithm.RS256, strangersKey, good()),
                confused.serialize(),
                new PlainJWT(good()).serialize(),
                genuine.substring(0, genuine.lastIndexOf('.') + 1),
                rs256(claims().issuer("https://issuer.example")),
                rs256(claims().audience("another book")),
                rs256(claims().expirationTime(null)),
                rs256(claims().expirationTime(Date.from(now().minusSeconds(61)))),
                rs256(claims().notBeforeTime(Date.from(now().plusSeconds(90)))),
                "lk_aaaaaaaaaaaa_" + "A".repeat(43),
                "lk_",
                "no token",
                genuine + "x".repeat(3000));

        for (String token : refused) {
            // A made-up key is looked for where all have not been read for five seconds.
            refresh();
            tap.reset();
            assertThat(refusal(token)).as(token).isEqualTo(none);
            assertThat(tap.counts().roundTrips()).isZero();
        }
    }

    @Test
    void while_the_provider_is_down_people_go_on() {
        try (LecternClient before = bearing(person("carol"))) {
            assertThat(before.get("/conversations").status()).isEqualTo(200);
            provider.answerWith(503);
            try (LecternClient after = bearing(signed(
                    JWSAlgorithm.RS256,
                    providersKey,
                    claims().jwtID("later").subject("carol").build()))) {
                assertThat(after.get("/conversations").status()).isEqualTo(200);
            }
        } finally {
            provider.answerWith(200);
        }
    }

    @Test
    void a_key_does_what_its_scopes_say_and_the_refusal_names_what_is_missing() {
        try (LecternClient chatting = bearing(key(Scope.CHAT));
                LecternClient importing = bearing(key(Scope.BOOKS_WRITE))) {
            assertThat(chatting.post("/conversations", "{\"book\": \"pools\"}").status())
                    .isEqualTo(201);
            assertThat(chatting.post("/chat", "{\"query\": \"What is a permit?\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(forbidden(chatting.put("/books/pools", new byte[0], "application/zip")))
                    .contains("books:write");

            assertThat(forbidden(importing.get("/conversations"))).contains("chat");
            assertThat(forbidden(importing.post("/chat", "{\"query\": \"What is a permit?\"}")))
                    .contains("chat");
            assertThat(importing
                            .put("/books/pools", new byte[0], "application/zip")
                            .status())
                    .isEqualTo(422);
        }
        try (LecternClient person = bearing(person("alice"))) {
            assertThat(forbidden(person.put("/books/pools", new byte[0], "application/zip")))
                    .contains("books:write");
        }
    }

    @Test
    void at_the_admin_port_a_key_looks_or_acts() {
        String looking = "Bearer " + key(Scope.ADMIN_READ);
        String acting = "Bearer " + key(Scope.ADMIN_ACT);
        try (OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(operator.get("/metrics").status()).isEqualTo(401);
            assertThat(operator.get("/metrics", "Authorization", looking).status())
                    .isEqualTo(200);
            assertThat(forbidden(operator.send("POST", "/tasks/refresh-books", "", "Authorization", looking)))
                    .contains("admin:act");
            assertThat(operator.send("POST", "/tasks/refresh-books", "", "Authorization", acting)
                            .status())
                    .isEqualTo(200);
            assertThat(forbidden(operator.get("/metrics", "Authorization", acting)))
                    .contains("admin:read");
        }
    }

    @Test
    void a_revoked_key_is_refused_within_sixty_seconds_and_at_once_where_an_operator_says_so() {
        ApiKeyRegister.Created first = keys.create("first", Set.of(Scope.CHAT), null);
        ApiKeyRegister.Created second = keys.create("second", Set.of(Scope.CHAT), null);
        refresh();
        try (LecternClient one = bearing(first.text());
                LecternClient two = bearing(second.text())) {
            assertThat(one.get("/conversations").status()).isEqualTo(200);
            assertThat(two.get("/conversations").status()).isEqualTo(200);

            keys.revoke(first.key().id());
            PASSED.updateAndGet(passed -> passed.plusSeconds(61));
            assertThat(one.get("/conversations").status()).isEqualTo(401);
            assertThat(two.get("/conversations").status()).isEqualTo(200);

            keys.revoke(second.key().id());
            refresh();
            assertThat(two.get("/conversations").status()).isEqualTo(401);
        }
    }

    @Test
    void a_key_expires_by_itself() {
        ApiKeyRegister.Created created = keys.create("short", Set.of(Scope.CHAT), Duration.ofHours(1));
        refresh();
        try (LecternClient server = bearing(created.text())) {
            assertThat(server.get("/conversations").status()).isEqualTo(200);

            PASSED.updateAndGet(passed -> passed.plusHours(1));

            assertThat(server.get("/conversations").status()).isEqualTo(401);
        }
    }

    @Test
    void its_last_use_is_seen() {
        ApiKeyRegister.Created created = keys.create("seen", Set.of(Scope.CHAT), null);
        assertThat(created.key().lastUsedAt()).isNull();
        refresh();
        try (LecternClient server = bearing(created.text())) {
            assertThat(server.get("/conversations").status()).isEqualTo(200);
        }

        refresh();

        assertThat(keys.list())
                .filteredOn(key -> key.id().equals(created.key().id()))
                .singleElement()
                .satisfies(key -> assertThat(key.lastUsedAt()).isBetween(now().minusSeconds(60), now()));
    }

    @Test
    void whoever_asks_verifying_costs_no_round_trip() {
        try (LecternClient server = bearing(key(Scope.CHAT));
                LecternClient person = bearing(person("dave"))) {
            for (LecternClient caller : List.of(server, person)) {
                String conversation = caller.converse("pools");
                assertThat(roundTrips(() -> caller.get("/conversations"))).isOne();
                assertThat(roundTrips(() -> caller.get("/conversations/" + conversation)))
                        .isOne();
                assertThat(roundTrips(() -> caller.ask(conversation, "What is a permit?")))
                        .isEqualTo(2);
            }
        }
        String looking = "Bearer " + key(Scope.ADMIN_READ);
        try (OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(roundTrips(() -> operator.get("/metrics", "Authorization", looking)))
                    .isZero();
        }
    }

    private static int roundTrips(Supplier<Reply> request) {
        tap.reset();
        Reply reply = request.get();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return tap.counts().roundTrips();
    }

    private static String forbidden(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(403);
        return reply.json().at("/detail").asText();
    }

    /// What a refusal says, but for the request's id.
    private static String refusal(@Nullable String token) {
        try (LecternClient client = new LecternClient(lectern.url())) {
            Reply reply = (token == null ? client : client.bearing(token)).get("/conversations");
            assertThat(reply.status()).as(reply.body()).isEqualTo(401);
            return reply.json().at("/type").asText() + " "
                    + reply.json().at("/detail").asText();
        }
    }

    private static LecternClient bearing(String token) {
        return new LecternClient(lectern.url()).bearing(token);
    }

    private static String key(Scope scope) {
        String text = keys.create("a server", Set.of(scope), null).text();
        refresh();
        return text;
    }

    private static void refresh() {
        try (OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(operator.send("POST", "/tasks/refresh-api-keys", "", "Authorization", "Bearer " + ADMIN_TOKEN)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String person(String subject) {
        return signed(
                JWSAlgorithm.RS256,
                providersKey,
                provider.claims(subject, now()).build());
    }

    private static String rs256(JWTClaimsSet.Builder claims) {
        return signed(JWSAlgorithm.RS256, providersKey, claims.build());
    }

    private static JWTClaimsSet good() {
        return claims().build();
    }

    private static JWTClaimsSet.Builder claims() {
        return provider.claims("mallory", now());
    }

    private static Instant now() {
        return Instant.now().plus(PASSED.get());
    }
}
