package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import dev.lectern.neon.warmup.WarmupMonitor;
import java.util.Locale;
import java.util.OptionalDouble;

/// Tells whether the month's budget for warm-up is spent, so that readers meet a sleeping database until the next.
final class WarmupBudgetHealthCheck extends HealthCheck {

    private final WarmupMonitor monitor;

    WarmupBudgetHealthCheck(WarmupMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    protected Result check() {
        OptionalDouble budget = monitor.warmup().terms().budget();
        if (budget.isEmpty()) {
            return Result.healthy("there is none");
        }
        String spent =
                String.format(Locale.ROOT, "%.2f of %.2f CU-hours", monitor.spentThisMonth(), budget.getAsDouble());
        return monitor.spentUntil()
                .map(until -> Result.unhealthy("%s are spent: no warm-up until %s", spent, until))
                .orElseGet(() -> Result.healthy(spent));
    }
}
