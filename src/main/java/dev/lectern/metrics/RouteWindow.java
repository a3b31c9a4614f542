package dev.lectern.metrics;

import dev.lectern.metrics.RoutesReport.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The last minute of one route.
final class RouteWindow {

    static final Duration LENGTH = Duration.ofSeconds(60);
    static final int SLOTS = 12;

    private final RouteName name;
    private final Kind kind;
    private final SlidingWindow<Counts> counts;
    private final TimeWindow times;
    private final @Nullable TimeWindow firstTexts;
    private final @Nullable TimeWindow models;

    RouteWindow(RouteName name, Kind kind, LongSupplier age) {
        this.name = name;
        this.kind = kind;
        this.counts = new SlidingWindow<>(LENGTH, SLOTS, age, Counts::new);
        this.times = new TimeWindow(LENGTH, SLOTS, age);
        this.firstTexts = kind == Kind.MODEL ? new TimeWindow(LENGTH, SLOTS, age) : null;
        this.models = kind == Kind.MODEL ? new TimeWindow(LENGTH, SLOTS, age) : null;
    }

    private static final class Counts {

        private final LongAdder requests = new LongAdder();
        private final LongAdder late = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder roundTrips = new LongAdder();
        private final LongAdder heldNanos = new LongAdder();

        void count(FinishedRequest request) {
            requests.increment();
            add(late, request.own().compareTo(Objective.TARGET) > 0);
            add(failed, request.failed());
            add(refused, request.refused());
            roundTrips.add(request.roundTrips());
            heldNanos.add(request.held().toNanos());
        }

        private static void add(LongAdder adder, boolean one) {
            if (one) {
                adder.increment();
            }
        }
    }

    void count(FinishedRequest request) {
        counts.current().count(request);
        times.record(request.own());
        if (models != null && !request.model().isZero()) {
            models.record(request.model());
        }
        if (firstTexts != null && request.firstText() != null) {
            firstTexts.record(request.firstText());
        }
    }

    boolean isEmpty() {
        return counts.recent().isEmpty();
    }

    RoutesReport.Route report() {
        Counts sum = new Counts();
        for (Counts each : counts.recent()) {
            sum.requests.add(each.requests.sum());
            sum.late.add(each.late.sum());
            sum.failed.add(each.failed.sum());
            sum.refused.add(each.refused.sum());
            sum.roundTrips.add(each.roundTrips.sum());
            sum.heldNanos.add(each.heldNanos.sum());
        }
        long requests = Math.max(1, sum.requests.sum());
        Distribution distribution = times.distribution();
        return new RoutesReport.Route(
                name.method(),
                name.route(),
                kind,
                rounded(sum.requests.sum() / Math.max(1, counts.covered().toMillis() / 1e3)),
                distribution.percentile(50),
                distribution.percentile(95),
                distribution.percentile(99),
                share(sum.late, requests),
                share(sum.failed, requests),
                share(sum.refused, requests),
                rounded((double) sum.roundTrips.sum() / requests),
                rounded(sum.heldNanos.sum() / 1e6 / requests),
                firstTexts == null ? null : firstTexts.distribution().percentile(50),
                models == null ? null : models.distribution().percentile(50));
    }

    private static double share(LongAdder part, long whole) {
        return Math.round(1e4 * part.sum() / whole) / 1e4;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
