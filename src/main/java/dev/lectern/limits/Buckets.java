package dev.lectern.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bucket of tokens for each of those who are limited. No two of them share a lock.
///
/// One that nobody has used for as long as its window is full, so that nothing is lost when it is forgotten.
///
/// @param <K> who they are told apart by
final class Buckets<K> {

    /// How many are remembered: who has more addresses than that is not held back by what each may.
    static final int MOST = 50_000;

    private static final Duration DAY = Duration.ofDays(1);

    private final Limit limit;
    private final String policy;
    private final boolean off;
    private final Function<K, Bucket> full;
    private final Cache<K, Bucket> buckets;

    private Buckets(Limit limit, long quota, Duration window, Supplier<Bandwidth> bandwidth, TimeMeter meter) {
        this.limit = limit;
        this.policy = "\"" + limit.label() + "\";q=" + quota + ";w=" + window.toSeconds();
        this.off = quota == 0;
        this.full = key -> Bucket.builder()
                .addLimit(bandwidth.get())
                .withCustomTimePrecision(meter)
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(window)
                .ticker(meter::currentTimeNanos)
                .build();
    }

    /// Buckets that fill up all the time.
    ///
    /// @param nanoTime as [System#nanoTime()]
    static <K> Buckets<K> filling(Limit limit, Rate rate, LongSupplier nanoTime) {
        return new Buckets<>(
                limit,
                rate.quota(),
                rate.window(),
                () -> Bandwidth.builder()
                        .capacity(rate.quota())
                        .refillGreedy(rate.quota(), rate.window())
                        .build(),
                new Meter(nanoTime, false));
    }

    /// Buckets that are full again at midnight of UTC.
    static <K> Buckets<K> daily(Limit limit, Quota quota, InstantSource clock) {
        return new Buckets<>(
                limit,
                quota.amount(),
                DAY,
                () -> Bandwidth.builder()
                        .capacity(quota.amount())
                        .refillIntervallyAligned(quota.amount(), DAY, midnightAfter(clock.instant()))
                        .build(),
                new Meter(() -> nanos(clock.instant()), true));
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

    /// Takes so many, also where there are not as many: what is missing is owed.
    void spend(K key, long tokens) {
        if (!off && tokens > 0) {
            bucket(key).consumeIgnoringRateLimits(tokens);
        }
    }

    /// Until there is one again; zero where there is one.
    Duration untilNext(K key) {
        return off
                ? Duration.ZERO
                : Duration.ofNanos(bucket(key).estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /// How many are remembered now, once those that are too many are forgotten.
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(K key) {
        return buckets.get(key, full);
    }

    private static Instant midnightAfter(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).plus(DAY);
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    private record Meter(LongSupplier nanos, boolean isWallClockBased) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }
    }
}
