package dev.lectern.console;

import dev.lectern.console.Symptoms.Load;
import dev.lectern.console.Symptoms.LongHold;
import dev.lectern.console.Symptoms.Slots;
import dev.lectern.console.Symptoms.Slow;
import dev.lectern.console.Symptoms.SlowModel;
import dev.lectern.console.Symptoms.SlowRoute;
import dev.lectern.console.Symptoms.Warmth;
import dev.lectern.metrics.ReadersReport;
import dev.lectern.metrics.RoutesReport;
import dev.lectern.metrics.RoutesReport.Kind;
import dev.lectern.metrics.RoutesReport.Route;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.monitor.Timeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Gathers the symptoms of a moment from all who know some, without asking the database.
record Observation(Watched watched, ConnectionEvents events, Timeline timeline, InstantSource clock) {

    /// Fewer requests in a minute say nothing of readers.
    private static final int FEW_REQUESTS = 20;

    /// No promise is made for a language model; whoever waits longer for one wonders.
    private static final Duration SLOW_MODEL = Duration.ofSeconds(8);

    Symptoms of(NeonSnapshot now) {
        return new Symptoms(
                clock.instant(), now.state(), now.pausedUntil(), slots(now), load(), warmth(), slow(), longest());
    }

    private Slots slots(NeonSnapshot now) {
        ServerSlots server = now.server();
        return new Slots(
                watched.settings().applicationName(),
                now.active() + now.idle(),
                now.maximum(),
                now.waiting(),
                server == null ? OptionalInt.empty() : OptionalInt.of(server.maximum() - server.reserved()),
                now.holders());
    }

    private Load load() {
        Timeline.Rates rates = timeline.rates(SnapshotPanel.WINDOW);
        return new Load(
                rates.served(),
                rates.refused(),
                rates.failed() + rates.timedOut(),
                rates.repeated(),
                events.mostRefusedFor(),
                events.mostFailedFor(),
                WaitingTrend.rises(timeline.points()));
    }

    /// What of warm-up is of interest.
    Warmth warmth() {
        String halted = watched.monitor().halted().map(Down::message).orElse(null);
        return new Warmth(halted, watched.monitor().spentUntil().orElse(null));
    }

    /// The slowest route where readers on the whole are not served as they are promised; else the slowest model.
    private @Nullable Slow slow() {
        ReadersReport readers = watched.metrics().readers();
        RoutesReport report = watched.metrics().routes();
        Double p95 = readers.p95();
        boolean missed = p95 != null && p95 > readers.target() && readers.requests() >= FEW_REQUESTS;
        Optional<Slow> route = missed ? slowest(report) : Optional.empty();
        return route.or(() -> slowestModel(report)).orElse(null);
    }

    private static Optional<Slow> slowest(RoutesReport report) {
        Duration target = Duration.ofMillis(report.target());
        return report.routes().stream()
                .filter(route -> route.kind() != Kind.OPERATOR)
                .map(route -> new SlowRoute(
                        name(route), millis(route.p95()), target, millis(route.hold()), route.model() != null))
                .filter(route -> route.p95().compareTo(target) > 0)
                .max(Comparator.comparing(SlowRoute::p95))
                .map(Slow.class::cast);
    }

    private static Optional<Slow> slowestModel(RoutesReport report) {
        return report.routes().stream()
                .map(route -> new SlowModel(name(route), millis(route.model())))
                .filter(model -> model.median().compareTo(SLOW_MODEL) > 0)
                .max(Comparator.comparing(SlowModel::median))
                .map(Slow.class::cast);
    }

    private static String name(Route route) {
        return route.method() + " " + route.route();
    }

    private @Nullable LongHold longest() {
        return watched.neon().holders().stream()
                .filter(HeldConnection::tooLong)
                .max(Comparator.comparing(HeldConnection::age))
                .map(held -> new LongHold(held.route() == null ? "work of no request" : held.route(), held.age()))
                .orElse(null);
    }

    /// Nothing where there is none.
    private static Duration millis(@Nullable Double millis) {
        return millis == null ? Duration.ZERO : Duration.ofNanos((long) (millis * 1_000_000));
    }
}
