package dev.lectern.metrics;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.capacity.Demand;
import dev.lectern.neon.capacity.PoolAdvice;
import dev.lectern.neon.capacity.TimeDistribution;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What the connection layer was asked for in the last hour, of which the busiest minute is what a pool is sized for.
final class DemandHistory implements NeonListener {

    private static final Duration LENGTH = Duration.ofHours(1);
    private static final int SLOT_SECONDS = 10;
    private static final int SLOTS = (int) LENGTH.toSeconds() / SLOT_SECONDS;
    private static final int SLOTS_OF_MINUTE = 6;

    private final LongSupplier age;
    private final SlidingWindow<Slot> window;

    /// @param age how many nanoseconds ago all began that is measured
    DemandHistory(LongSupplier age) {
        this.age = age;
        this.window = new SlidingWindow<>(LENGTH, SLOTS, age, Slot::new);
    }

    /// Ten seconds.
    private static final class Slot {

        private final AtomicIntegerArray arrivals = new AtomicIntegerArray(SLOT_SECONDS);
        private final LongAdder refused = new LongAdder();
        private final LongAdder wakes = new LongAdder();
        private final LongAdder requests = new LongAdder();
        private final LongAdder pieces = new LongAdder();
        private final TimeSketch waits = new TimeSketch();
        private final TimeSketch holds = new TimeSketch();
        private final TimeSketch wholes = new TimeSketch();
        private final TimeSketch rests = new TimeSketch();

        long arrived() {
            long sum = 0;
            for (int second = 0; second < SLOT_SECONDS; second++) {
                sum += arrivals.get(second);
            }
            return sum;
        }
    }

    @Override
    public void permitAcquired(Criticality criticality, Duration waited) {
        arrived();
        window.current().waits.record(waited);
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        arrived();
        window.current().refused.increment();
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        window.current().holds.record(held);
    }

    @Override
    public void workDone(Criticality criticality, Duration took) {
        window.current().wholes.record(took);
    }

    @Override
    public void databaseWoke(Duration took) {
        window.current().wakes.increment();
    }

    /// A request has ended. One that asked the database for nothing tells nothing here.
    void count(FinishedRequest request) {
        if (request.pieces() > 0) {
            Slot slot = window.current();
            slot.requests.increment();
            slot.pieces.add(request.pieces());
            Duration rest = request.own().minus(request.waited()).minus(request.held());
            slot.rests.record(rest.isNegative() ? Duration.ZERO : rest);
        }
    }

    private void arrived() {
        int second = (int) (age.getAsLong() / Duration.ofSeconds(1).toNanos() % SLOT_SECONDS);
        window.current().arrivals.incrementAndGet(second);
    }

    /// The minute with most arrivals; in the first minute what has passed of it. Null where no work was done.
    @Nullable
    BusiestMinute busiest() {
        NavigableMap<Long, Slot> past = window.past();
        long present = window.number();
        long end = -1;
        long most = 0;
        for (long each : past.keySet()) {
            // A minute that began before the process did is none, unless there is no other.
            long last = Math.max(each, Math.min(SLOTS_OF_MINUTE, present) - 1);
            long arrived = minute(past, last).stream().mapToLong(Slot::arrived).sum();
            if (arrived > most) {
                most = arrived;
                end = last;
            }
        }
        List<Slot> slots = List.copyOf(minute(past, end));
        List<TimeDistribution.Part> holds = sum(slots, slot -> slot.holds);
        if (holds.isEmpty()) {
            return null;
        }
        int seconds = SLOT_SECONDS * (int) Math.min(SLOTS_OF_MINUTE, end + 1);
        return new BusiestMinute(
                SLOT_SECONDS * (present - end - 1),
                seconds,
                new Demand((double) most / seconds, burstiness(past, end, seconds), new TimeDistribution(holds)),
                total(slots, slot -> slot.refused.sum()),
                total(slots, slot -> slot.wakes.sum()),
                percentile(sum(slots, slot -> slot.waits)),
                percentile(sum(slots, slot -> slot.wholes)),
                percentile(sum(slots, slot -> slot.rests)),
                pieces(slots));
    }

    /// What there is of the minute that ends with a slot.
    private static Collection<Slot> minute(NavigableMap<Long, Slot> past, long last) {
        return past.subMap(last - SLOTS_OF_MINUTE, false, last, true).values();
    }

    /// Variance by mean of the arrivals of single seconds.
    private static double burstiness(NavigableMap<Long, Slot> past, long end, int seconds) {
        double sum = 0;
        double squares = 0;
        for (Slot slot : minute(past, end)) {
            for (int second = 0; second < SLOT_SECONDS; second++) {
                double arrived = slot.arrivals.get(second);
                sum += arrived;
                squares += arrived * arrived;
            }
        }
        double mean = sum / seconds;
        return Math.max(0, squares / seconds - mean * mean) / mean;
    }

    private static List<TimeDistribution.Part> sum(List<Slot> slots, Function<Slot, TimeSketch> which) {
        return TimeSketch.sum(slots.stream().map(which).toList());
    }

    private static long total(List<Slot> slots, ToLongFunction<Slot> what) {
        return slots.stream().mapToLong(what).sum();
    }

    private static @Nullable Duration percentile(List<TimeDistribution.Part> parts) {
        return parts.isEmpty() ? null : new TimeDistribution(parts).percentile(PoolAdvice.PERCENT);
    }

    /// Of a request on average, rounded up; 1 where no request had any.
    private static int pieces(List<Slot> slots) {
        long requests = total(slots, slot -> slot.requests.sum());
        long pieces = total(slots, slot -> slot.pieces.sum());
        return requests == 0 ? 1 : Math.toIntExact((pieces + requests - 1) / requests);
    }
}
