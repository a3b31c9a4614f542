package dev.lectern.metrics;

import dev.lectern.metrics.RoutesReport.Kind;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The last minute of each route, and of all readers together.
final class RouteWindows {

    /// More than the contract has: what comes from outside must not fill the memory.
    static final int MOST = 64;

    /// What is not [Kind#READ].
    private static final Map<RouteName, Kind> KINDS = Map.of(
            new RouteName("POST", "/api/v1/conversations/{id}/messages"), Kind.MODEL,
            new RouteName("POST", "/api/v1/chat"), Kind.MODEL,
            new RouteName("PUT", "/api/v1/books/{book}"), Kind.OPERATOR);

    private final LongSupplier age;
    private final Map<RouteName, RouteWindow> routes = new ConcurrentHashMap<>();
    private final TimeWindow readers;
    private final SlidingWindow<LongAdder> missed;
    private final Objective objective;

    /// @param age how many nanoseconds ago all began that is measured
    RouteWindows(LongSupplier age) {
        this.age = age;
        this.readers = new TimeWindow(RouteWindow.LENGTH, RouteWindow.SLOTS, age);
        this.missed = new SlidingWindow<>(RouteWindow.LENGTH, RouteWindow.SLOTS, age, LongAdder::new);
        this.objective = new Objective(age);
    }

    /// Whether what is promised to readers is promised for this request: not what waits for a language model or for an
    /// import, or is no route at all.
    static boolean isReaders(FinishedRequest request) {
        return !request.route().isEmpty() && kind(new RouteName(request.method(), request.route())) == Kind.READ;
    }

    private static Kind kind(RouteName name) {
        return KINDS.getOrDefault(name, Kind.READ);
    }

    Objective objective() {
        return objective;
    }

    void count(FinishedRequest request) {
        window(new RouteName(request.method(), request.route())).count(request);
        if (isReaders(request)) {
            boolean met = Objective.met(request);
            readers.record(request.own());
            if (!met) {
                missed.current().increment();
            }
            objective.count(met);
        }
    }

    RoutesReport routes() {
        return new RoutesReport(
                RouteWindow.LENGTH.toSeconds(),
                Objective.TARGET.toMillis(),
                routes.values().stream()
                        .filter(window -> !window.isEmpty())
                        .map(RouteWindow::report)
                        .sorted(Comparator.comparingDouble(RouteWindows::badness)
                                .thenComparingDouble(route -> route.p95() == null ? 0 : route.p95())
                                .reversed())
                        .toList());
    }

    ReadersReport readers() {
        Distribution distribution = readers.distribution();
        long late = missed.recent().stream().mapToLong(LongAdder::sum).sum();
        return new ReadersReport(
                RouteWindow.LENGTH.toSeconds(),
                distribution.count(),
                distribution.percentile(95),
                Objective.TARGET.toMillis(),
                Math.round(1e4 * late / Math.max(1, distribution.count())) / 1e4,
                objective.burnRate5m(),
                objective.burnRate1h());
    }

    private static double badness(RoutesReport.Route route) {
        return route.kind() == Kind.OPERATOR ? -1 : Math.max(route.overTarget(), route.errors() + route.refusals());
    }

    /// Two that come at the same moment may make one too many, and no more.
    private RouteWindow window(RouteName name) {
        RouteWindow known = routes.get(name);
        if (known != null) {
            return known;
        }
        RouteName counted = routes.size() < MOST ? name : RouteName.OTHER;
        return routes.computeIfAbsent(counted, each -> new RouteWindow(each, kind(each), age));
    }
}
