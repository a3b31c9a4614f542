package dev.lectern.comparison;

import dev.lectern.comparison.Callers.Call;
import dev.lectern.comparison.Callers.Outcome;
import dev.lectern.embedded.gateway.Gateway;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one contender did in one scenario.
///
/// @param calls all of them
/// @param attempts connections that were tried
/// @param begin when the fault began, on the monotonic clock
/// @param end when it ended
record Trial(List<Call> calls, long attempts, long begin, long end) {

    private static final long WINDOW = Duration.ofMillis(250).toNanos();

    static Trial run(Contender contender, Scenario scenario, Gateway gateway, List<Connection> others)
            throws Exception {
        Callers callers = new Callers(contender, Scenario.THINK_TIME);
        callers.come(Scenario.CALLERS);
        Thread.sleep(Scenario.BEFORE);
        long attempts = gateway.counts().connections();
        long begin = System.nanoTime();
        scenario.fault(gateway, callers);
        for (Connection other : others) {
            other.close();
        }
        long end = System.nanoTime();
        Thread.sleep(Scenario.AFTER);
        attempts = gateway.counts().connections() - attempts;
        return new Trial(callers.stop(), attempts, begin, end);
    }

    long count(Outcome outcome) {
        return during().filter(call -> call.outcome() == outcome).count();
    }

    /// A percentile of the time that callers waited for whatever they got.
    Duration percentile(double share) {
        long[] sorted = during().mapToLong(Call::nanos).sorted().toArray();
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(
                        sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)]);
    }

    /// From the fault's end to the beginning of the first quarter of a second in which 99 of 100 were served, and as
    /// many as before or nearly so; empty where that did not come.
    Optional<Duration> recovery() {
        double usual = served(begin - 4 * WINDOW, begin) / 4.0;
        for (long from = end; from < end + Scenario.AFTER.toNanos() - WINDOW; from += WINDOW / 25) {
            long at = from;
            long all = calls.stream()
                    .filter(call -> call.end() >= at && call.end() < at + WINDOW)
                    .count();
            long good = served(at, at + WINDOW);
            if (good >= 0.8 * usual && good >= 0.99 * all) {
                return Optional.of(Duration.ofNanos(at - end));
            }
        }
        return Optional.empty();
    }

    private long served(long from, long to) {
        return calls.stream()
                .filter(call -> call.outcome() == Outcome.SERVED && call.end() >= from && call.end() < to)
                .count();
    }

    /// Those that ended from the fault's beginning on.
    private Stream<Call> during() {
        return calls.stream().filter(call -> call.end() >= begin);
    }
}
