package dev.lectern;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.embedded.gateway.Counts;
import dev.lectern.embedded.gateway.FaultInForce;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.Wakes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The embedded database as operators and simulations see it.
///
/// @param compute `idle`, `starting`, `active` or `stopping`
/// @param wakes how often it was woken
/// @param latestWakesMs how long the latest wakes took, the newest last
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record EmbeddedState(String compute, long wakes, List<Long> latestWakesMs, Counts counts, List<FaultInForce> faults) {

    static EmbeddedState of(Gateway gateway) {
        Wakes wakes = gateway.compute().wakes();
        return new EmbeddedState(
                gateway.compute().state().name().toLowerCase(Locale.ROOT),
                wakes.count(),
                wakes.latest().stream().map(Duration::toMillis).toList(),
                gateway.counts(),
                gateway.faults().inForce());
    }
}
