package dev.lectern.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The identity provider's public keys, in memory: fetched for the first token, renewed before they are ten
/// minutes old while tokens come, and used for a day longer where the provider does not answer.
///
/// A key that is not known is looked for at the provider, whoever made its name up: no more than twice in
/// fifteen seconds, for all callers together.
final class ProviderKeys implements AutoCloseable {

    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final Duration OUTAGE = Duration.ofDays(1);
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final Duration AHEAD = Duration.ofMinutes(2);

    /// From then on whoever asks for keys has them fetched again, and waits for nothing.
    static final Duration FRESH = LIFETIME.minus(AHEAD);

    /// How long a caller waits for another's fetch: longer than one takes.
    private static final Duration WAIT = ProviderKeyFetch.PATIENCE.plusSeconds(1);

    private final JWKSetSource<SecurityContext> source;
    private final InstantSource clock;
    private volatile Published published = new Published(Set.of(), Instant.EPOCH);

    /// What was published at this moment, or, while the provider did not answer, before it.
    ///
    /// @param thumbprints of RFC 7638: another key may have the same name
    private record Published(Set<Base64URL> thumbprints, Instant at) {}

    ProviderKeys(JWKSetSource<SecurityContext> fetch, InstantSource clock) {
        this.clock = clock;
        this.source = new RefreshAheadCachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(
                        new Noting(new OutageTolerantJWKSetSource<>(fetch, OUTAGE.toMillis(), null)),
                        INTERVAL.toMillis(),
                        null),
                LIFETIME.toMillis(),
                WAIT.toMillis(),
                AHEAD.toMillis(),
                false,
                Executors.newVirtualThreadPerTaskExecutor(),
                true,
                null);
    }

    /// Those that may have signed a token with this header; none where the provider knows none.
    ///
    /// @throws KeySourceException where no key of the provider's is known at all
    List<JWK> matching(JWSHeader header) throws KeySourceException {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        if (matcher == null) {
            return List.of();
        }
        JWKSelector selector = new JWKSelector(matcher);
        JWKSet known = keys(JWKSetCacheRefreshEvaluator.noRefresh());
        List<JWK> found = selector.select(known);
        return found.isEmpty() ? newer(known, selector) : found;
    }

    /// Whether a key is surely among them still. Never waits: empty-handed comes also who asks so long after they were
    /// fetched that [#matching] would have it done again.
    boolean isPublished(Base64URL thumbprint) {
        Published last = published;
        return last.thumbprints().contains(thumbprint)
                && clock.instant().isBefore(last.at().plus(FRESH));
    }

    /// Where they cannot be fetched again, those that are known are all there are.
    private List<JWK> newer(JWKSet known, JWKSelector selector) {
        try {
            return selector.select(keys(JWKSetCacheRefreshEvaluator.referenceComparison(known)));
        } catch (KeySourceException e) {
            return List.of();
        }
    }

    private JWKSet keys(JWKSetCacheRefreshEvaluator refresh) throws KeySourceException {
        @Nullable SecurityContext none = null;
        return source.getJWKSet(refresh, clock.millis(), none);
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Notes which keys are in use, whether they were fetched now or are those of before an outage.
    private final class Noting extends JWKSetSourceWrapper<SecurityContext> {

        Noting(JWKSetSource<SecurityContext> source) {
            super(source);
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            JWKSet keys = getSource().getJWKSet(refresh, now, context);
            published = new Published(thumbprints(keys), Instant.ofEpochMilli(now));
            return keys;
        }

        private static Set<Base64URL> thumbprints(JWKSet keys) throws KeySourceException {
            Set<Base64URL> all = new HashSet<>();
            try {
                for (JWK key : keys.getKeys()) {
                    all.add(key.computeThumbprint());
                }
            } catch (JOSEException e) {
                throw new JWKSetUnavailableException("SHA-256 is missing from this JVM", e);
            }
            return all;
        }
    }
}
