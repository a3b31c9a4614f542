package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;

/// Made-up arrivals.
final class Arrivals {

    /// A Monday.
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private Arrivals() {}

    /// At these distances from one another, in seconds.
    static long[] after(Iterable<Integer> gaps) {
        long at = START.toEpochMilli();
        LongStream.Builder arrivals = LongStream.builder();
        arrivals.add(at);
        for (int gap : gaps) {
            at += gap * 1000L;
            arrivals.add(at);
        }
        return arrivals.build().toArray();
    }

    /// A class that reads on weekdays from nine for half an hour, each reader at a moment of chance.
    static long[] lessons(int weeks, int readers) {
        Random random = new Random(1);
        LongStream.Builder arrivals = LongStream.builder();
        for (int day = 0; day < 7 * weeks; day++) {
            if (day % 7 < 5) {
                long nine = START.plus(Duration.ofHours(24L * day + 9)).toEpochMilli();
                for (int i = 0; i < readers; i++) {
                    arrivals.add(nine + random.nextInt(30 * 60_000));
                }
            }
        }
        return arrivals.build().sorted().toArray();
    }
}
