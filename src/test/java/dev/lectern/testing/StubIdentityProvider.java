package dev.lectern.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An OpenID provider of the tests, on this machine: a discovery document, keys, and tokens.
public final class StubIdentityProvider implements AutoCloseable {

    /// Whom its tokens are for.
    public static final String AUDIENCE = "the book";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> published = List.of();
    private volatile int status = 200;
    private volatile String issuerInDocument;

    public StubIdentityProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuerInDocument = issuer();
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(issuerInDocument, issuer())));
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, new JWKSet(published).toString(true));
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// How often its keys were asked for.
    public int fetches() {
        return fetches.get();
    }

    /// From now on it publishes these keys and no others.
    public void publish(JWK... keys) {
        published = List.of(keys);
    }

    /// From now on it answers with this status; 200 is as usual.
    public void answerWith(int status) {
        this.status = status;
    }

    /// From now on its discovery document is another's.
    public void callItself(String issuer) {
        issuerInDocument = issuer;
    }

    /// What a good token of a person says, good for five minutes.
    public JWTClaimsSet.Builder claims(String subject, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    /// A token signed with a key.
    public static String signed(JWSAlgorithm algorithm, JWK key, JWTClaimsSet claims) {
        return signed(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), key, claims);
    }

    /// A token with a header of its own.
    public static String signed(JWSHeader header, JWK key, JWTClaimsSet claims) {
        try {
            JWSSigner signer = key instanceof OctetKeyPair edwards
                    ? new EdwardsSigner(edwards)
                    : new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
