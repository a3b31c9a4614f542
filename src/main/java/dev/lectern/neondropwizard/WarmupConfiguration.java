package dev.lectern.neondropwizard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lectern.neon.warmup.Always;
import dev.lectern.neon.warmup.Hours;
import dev.lectern.neon.warmup.Learned;
import dev.lectern.neon.warmup.Off;
import dev.lectern.neon.warmup.Traffic;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupPolicy;
import dev.lectern.neon.warmup.WarmupTerms;
import dev.lectern.neon.warmup.WeeklyHours;
import io.dropwizard.validation.selfvalidating.SelfValidating;
import io.dropwizard.validation.selfvalidating.SelfValidation;
import io.dropwizard.validation.selfvalidating.ViolationCollector;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// When the compute is kept awake, and what that may cost, as a configuration's section.
///
/// @param policy which rule decides
/// @param hours the windows of the week of [Kind#HOURS]
/// @param keepFor for how long after the last reader [Kind#TRAFFIC] keeps it awake
/// @param zone whose hours of the week [Kind#LEARNED] learns
/// @param budget what warm-up may add in a month: CU-hours, or USD as in `2usd`; empty for no limit
/// @param computeUnits the size of the compute while it is awake
/// @param price of a CU-hour in USD
/// @param earlyWake whether the first sign of a reader wakes a compute that sleeps
@SelfValidating
public record WarmupConfiguration(
        Kind policy,
        String hours,
        Duration keepFor,
        String zone,
        String budget,
        double computeUnits,
        double price,
        boolean earlyWake) {

    /// The rules there are.
    public enum Kind {
        @JsonProperty("off")
        OFF,
        @JsonProperty("always")
        ALWAYS,
        @JsonProperty("hours")
        HOURS,
        @JsonProperty("traffic")
        TRAFFIC,
        @JsonProperty("learned")
        LEARNED
    }

    /// The defaults: what readers' habits say, without a limit.
    public static final WarmupConfiguration DEFAULT =
            new WarmupConfiguration(null, null, null, null, null, null, null, null);

    /// Fills in the defaults.
    @JsonCreator
    public WarmupConfiguration(
            @JsonProperty("policy") @Nullable Kind policy,
            @JsonProperty("hours") @Nullable String hours,
            @JsonProperty("keepFor") @Nullable Duration keepFor,
            @JsonProperty("zone") @Nullable String zone,
            @JsonProperty("budget") @Nullable String budget,
            @JsonProperty("computeUnits") @Nullable Double computeUnits,
            @JsonProperty("price") @Nullable Double price,
            @JsonProperty("earlyWake") @Nullable Boolean earlyWake) {
        this(
                policy == null ? Kind.LEARNED : policy,
                hours == null || hours.isBlank() ? "Mon-Fri 08:00-18:00 UTC" : hours,
                keepFor == null ? Traffic.DEFAULT.keepFor() : keepFor,
                zone == null || zone.isBlank() ? "UTC" : zone,
                budget == null ? "" : budget.strip(),
                computeUnits == null ? WarmupTerms.DEFAULT.cu() : computeUnits.doubleValue(),
                price == null ? WarmupTerms.DEFAULT.price() : price.doubleValue(),
                earlyWake == null || earlyWake);
    }

    /// Says under which key what is wrong.
    @SelfValidation
    public void check(ViolationCollector violations) {
        refuse("hours", () -> WeeklyHours.parse(hours), violations);
        refuse("zone", () -> ZoneId.of(zone), violations);
        refuse("budget", () -> budget(1), violations);
        if (!keepFor.isPositive()) {
            violations.addViolation("keepFor", "must be positive");
        }
        if (!(computeUnits > 0)) {
            violations.addViolation("computeUnits", "must be positive");
        }
        if (!(price >= 0)) {
            violations.addViolation("price", "must not be negative");
        }
    }

    /// Whose hours count.
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    /// The policy on its terms.
    ///
    /// @param suspend after which the compute is suspended; zero for never, and then there is nothing to do
    /// @param replicas how many processes share the budget
    public Warmup warmup(Duration suspend, int replicas) {
        boolean sleeps = suspend.isPositive();
        WarmupTerms terms = WarmupTerms.DEFAULT.on(sleeps ? suspend : WarmupTerms.DEFAULT.suspend(), computeUnits);
        return new Warmup(
                rule(),
                new WarmupTerms(
                        terms.suspend(), terms.margin(), terms.cu(), price, terms.coldWorth(), budget(replicas)),
                sleeps);
    }

    private WarmupPolicy rule() {
        return switch (policy) {
            case OFF -> new Off();
            case ALWAYS -> new Always();
            case HOURS -> new Hours(WeeklyHours.parse(hours));
            case TRAFFIC -> new Traffic(keepFor);
            case LEARNED -> new Learned();
        };
    }

    private OptionalDouble budget(int replicas) {
        return budget.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(WarmupTerms.cuHours(budget, price) / replicas);
    }

    private static void refuse(String key, Runnable parse, ViolationCollector violations) {
        try {
            parse.run();
        } catch (IllegalArgumentException | DateTimeException e) {
            violations.addViolation(key, String.valueOf(e.getMessage()));
        }
    }
}
