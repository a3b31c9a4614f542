package dev.lectern.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A bucket of tokens for each of those who are limited. No two of them share a lock.
///
/// One that nobody has used for as long as its window is full, so that nothing is lost when it is forgotten.
///
/// @param <K> who they are told apart by
final class Buckets<K> {

    /// How many are remembered: who has more addresses than that is not held back by what each may.
    static final int MOST = 50_000;

    private final Limit limit;
    private final String policy;
    private final boolean off;
    private final Function<K, Bucket> full;
    private final Cache<K, Bucket> buckets;

    /// @param nanoTime as [System#nanoTime()]
    Buckets(Limit limit, Rate rate, LongSupplier nanoTime) {
        this.limit = limit;
        this.policy = "\"" + limit.label() + "\";q=" + rate.quota() + ";w="
                + rate.window().toSeconds();
        this.off = rate.isOff();
        TimeMeter meter = new Monotonic(nanoTime);
        this.full = key -> Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rate.quota())
                        .refillGreedy(rate.quota(), rate.window())
                        .build())
                .withCustomTimePrecision(meter)
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(rate.window())
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /// Takes one; null where there is no limit.
    @Nullable
    Taken take(K key) {
        return off ? null : new Taken(limit, policy, bucket(key).tryConsumeAndReturnRemaining(1));
    }

    /// Gives one back.
    void giveBack(K key) {
        if (!off) {
            bucket(key).addTokens(1);
        }
    }

    /// How many are remembered now, once those that are too many are forgotten.
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(K key) {
        return buckets.get(key, full);
    }

    private record Monotonic(LongSupplier nanoTime) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
