package dev.lectern.testing;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How long things take on a machine that does other things, too.
public final class Timings {

    private Timings() {}

    /// The shortest of several times that something took: what it takes by itself. The others tell, besides, what else
    /// the machine did.
    public static Duration shortest(int times, Runnable what) {
        return ascending(times, what).findFirst().orElseThrow();
    }

    /// The median of several times that something took.
    public static Duration median(int times, Runnable what) {
        return ascending(times, what).skip(times / 2).findFirst().orElseThrow();
    }

    private static Stream<Duration> ascending(int times, Runnable what) {
        return IntStream.range(0, times)
                .mapToObj(_ -> {
                    long begin = System.nanoTime();
                    what.run();
                    return Duration.ofNanos(System.nanoTime() - begin);
                })
                .sorted();
    }
}
