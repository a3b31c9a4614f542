package dev.lectern.neondropwizard;

import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/// Asks until it is served, as a client does that is told to come again.
final class EventuallyServed {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private EventuallyServed() {}

    static <T> T of(Supplier<T> request) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return request.get();
            } catch (UnavailableException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
