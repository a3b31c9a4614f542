package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.warmup.Off;
import dev.lectern.neon.warmup.Plan;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupLedger;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What warm-up does next and why, and what it costs.
///
/// @param snapshots of the connection layer
/// @param neonApi what Neon's API said last; gives null where it is not asked
record WarmupPanel(
        WarmupMonitor monitor,
        Supplier<NeonSnapshot> snapshots,
        Supplier<@Nullable NeonApiState> neonApi,
        InstantSource clock) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            String policy,
            boolean active,
            @Nullable String halted,
            @Nullable Next next,
            @Nullable Instant awakeUntil,
            long suspendTimeoutS,
            double computeUnits,
            double priceUsd,
            Ledger ledger,
            Month month,
            @Nullable NeonApiState neonApi) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Next(@Nullable Instant at, boolean touch, String why) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Ledger(
            long wakes,
            long warmWakes,
            @Nullable Long wakeP50Ms,
            @Nullable Long wakeP95Ms,
            long touches,
            long coldRequests,
            @Nullable Long coldMeanMs,
            long avoided,
            double cuHours) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Month(double cuHours, double usd, @Nullable Double budgetCuHours) {}

    Shown shown() {
        Warmup warmup = monitor.warmup();
        WarmupTerms terms = warmup.terms();
        Plan plan = monitor.plan();
        Instant awake = monitor.awakeUntil();
        return new Shown(
                warmup.policy().name(),
                isActive(warmup),
                monitor.halted().map(Down::message).orElse(null),
                new Next(
                        plan.at().equals(Instant.MAX) ? null : plan.at(),
                        plan.touch(),
                        plan.why().get()),
                awake.isAfter(clock.instant()) ? awake : null,
                warmup.sleeps() ? terms.suspend().toSeconds() : 0,
                terms.cu(),
                terms.price(),
                ledger(monitor.ledger(), snapshots.get()),
                month(terms),
                neonApi.get());
    }

    private static Ledger ledger(WarmupLedger ledger, NeonSnapshot now) {
        return new Ledger(
                ledger.wakes(),
                ledger.warmWakes(),
                millis(now.wakeP50()),
                millis(now.wakeP95()),
                ledger.touches(),
                ledger.coldRequests(),
                ledger.coldRequests() == 0
                        ? null
                        : ledger.coldTime().dividedBy(ledger.coldRequests()).toMillis(),
                ledger.avoided(),
                ledger.cuHours());
    }

    private Month month(WarmupTerms terms) {
        double spent = monitor.spentThisMonth();
        return new Month(
                spent,
                spent * terms.price(),
                terms.budget().isPresent() ? terms.budget().getAsDouble() : null);
    }

    private static boolean isActive(Warmup warmup) {
        return warmup.sleeps() && !(warmup.policy() instanceof Off);
    }

    private static @Nullable Long millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }
}
