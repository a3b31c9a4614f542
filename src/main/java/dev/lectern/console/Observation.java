package dev.lectern.console;

import dev.lectern.console.Symptoms.Load;
import dev.lectern.console.Symptoms.LongHold;
import dev.lectern.console.Symptoms.Slots;
import dev.lectern.console.Symptoms.SlowRoute;
import dev.lectern.console.Symptoms.Warmth;
import dev.lectern.metrics.ReadersReport;
import dev.lectern.metrics.RoutesReport;
import dev.lectern.metrics.RoutesReport.Route;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.monitor.Timeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
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
                clock.instant(), now.state(), now.pausedUntil(), slots(now), load(), warmth(), worst(), longest());
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
                events.mostRefusedFor(),
                events.mostFailedFor(),
                WaitingTrend.rises(timeline.points()));
    }

    /// What of warm-up is of interest.
    Warmth warmth() {
        String halted = watched.monitor().halted().map(Down::message).orElse(null);
        return new Warmth(halted, watched.monitor().spentUntil().orElse(null));
    }

    /// The slowest route where readers on the whole are not served as they are promised; else one whose model is slow.
    private @Nullable SlowRoute worst() {
        ReadersReport readers = watched.metrics().readers();
        RoutesReport report = watched.metrics().routes();
        Double p95 = readers.p95();
        boolean missed = p95 != null && p95 > readers.target() && readers.requests() >= FEW_REQUESTS;
        return report.routes().stream()
                .map(route -> slow(route, Duration.ofMillis(report.target())))
                .filter(route -> isSlow(route, missed))
                .max(Comparator.<SlowRoute, Boolean>comparing(Observation::misses)
                        .thenComparing(SlowRoute::p95))
                .orElse(null);
    }

    private static boolean isSlow(SlowRoute route, boolean missed) {
        Duration model = route.model();
        return misses(route) ? missed : model != null && model.compareTo(SLOW_MODEL) > 0;
    }

    private static boolean misses(SlowRoute route) {
        return route.p95().compareTo(route.target()) > 0;
    }

    private static SlowRoute slow(Route route, Duration target) {
        return new SlowRoute(
                route.method() + " " + route.route(),
                Objects.requireNonNullElse(millis(route.p95()), Duration.ZERO),
                target,
                Objects.requireNonNullElse(millis(route.hold()), Duration.ZERO),
                millis(route.model()));
    }

    private @Nullable LongHold longest() {
        return watched.neon().holders().stream()
                .filter(HeldConnection::tooLong)
                .max(Comparator.comparing(HeldConnection::age))
                .map(held -> new LongHold(held.route() == null ? "work of no request" : held.route(), held.age()))
                .orElse(null);
    }

    private static @Nullable Duration millis(@Nullable Double millis) {
        return millis == null ? null : Duration.ofNanos((long) (millis * 1_000_000));
    }
}
