package dev.lectern.neon.capacity;

import dev.lectern.neon.capacity.TimeDistribution.Part;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// Distributions of holds for tests.
final class Holds {

    private static final int PARTS = 1000;

    private Holds() {}

    /// All of the same length.
    static TimeDistribution constant(double seconds) {
        return of(DoubleStream.of(seconds));
    }

    /// Exponential, as M/M/c has them, in so many equally probable parts that none matters.
    static TimeDistribution exponential(double mean) {
        return of(DoubleStream.iterate(0.5, each -> each + 1)
                .limit(PARTS)
                .map(each -> -mean * Math.log(1 - each / PARTS)));
    }

    /// As they come out of something random.
    static TimeDistribution sampled(long seed, ToDoubleFunction<Random> hold) {
        Random random = new Random(seed);
        return of(DoubleStream.generate(() -> hold.applyAsDouble(random)).limit(PARTS));
    }

    private static TimeDistribution of(DoubleStream seconds) {
        return new TimeDistribution(seconds.mapToObj(each -> new Part(TimeDistribution.duration(each), 1))
                .toList());
    }
}
