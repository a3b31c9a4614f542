package dev.lectern.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the provider's public keys over HTTP, on virtual threads, within three seconds for everything.
final class ProviderKeyFetch implements JWKSetSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeyFetch.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long LONGEST_ANSWER = 1 << 18;

    /// For all that one fetch asks.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String issuer;
    private final @Nullable URI jwksUrl;
    private final HttpClient http;

    /// @param jwksUrl null for what the discovery document says
    ProviderKeyFetch(String issuer, @Nullable URI jwksUrl) {
        this.issuer = issuer;
        this.jwksUrl = jwksUrl;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// The keys as the provider publishes them now.
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws JWKSetRetrievalException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            return JWKSet.parse(get(jwksUrl == null ? discovered(end) : jwksUrl, end));
        } catch (IOException | ParseException e) {
            LOG.warn("the keys of the identity provider {} could not be fetched: {}", issuer, e.getMessage());
            throw new JWKSetRetrievalException("The identity provider's keys could not be fetched", e);
        }
    }

    /// As OpenID Connect Discovery 1.0 has it: the document must be of this issuer.
    private URI discovered(long end) throws IOException {
        var document = JSON.readTree(get(URI.create(issuer.replaceFirst("/$", "") + DISCOVERY), end));
        if (!issuer.equals(document.path("issuer").asText())) {
            throw new IOException("its discovery document is of another issuer");
        }
        String found = document.path("jwks_uri").asText();
        if (!OpenIdSettings.isSafe(found)) {
            throw new IOException("its discovery document names no jwks_uri that is https");
        }
        return URI.create(found);
    }

    private String get(URI url, long end) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "application/json")
                .header("User-Agent", "lectern")
                .build();
        CompletableFuture<HttpResponse<byte[]>> call =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            // The client's own timeout would end with the headers.
            HttpResponse<byte[]> answer = call.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answered " + answer.statusCode());
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new IOException(url + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException(url + " cannot be had: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            call.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
