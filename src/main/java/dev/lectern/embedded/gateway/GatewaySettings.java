package dev.lectern.embedded.gateway;

import dev.lectern.neon.capacity.ComputeSize;
import java.time.Duration;

/// How the embedded database behaves.
///
/// @param suspendAfter after how long without activity the compute is suspended; zero for never
/// @param wakeDelay how long a wake takes at least
/// @param roundTripDelay what a message to the server and its answer take longer than on this machine
/// @param computeUnits the compute's size, which says how many connections it takes
public record GatewaySettings(Duration suspendAfter, Duration wakeDelay, Duration roundTripDelay, double computeUnits) {

    /// What Neon does by default with its smallest compute, without the network.
    public static final GatewaySettings DEFAULT =
            new GatewaySettings(Duration.ofMinutes(5), Duration.ofMillis(300), Duration.ZERO, 0.25);

    public GatewaySettings {
        if (suspendAfter.isNegative() || wakeDelay.isNegative() || roundTripDelay.isNegative()) {
            throw new IllegalArgumentException("No duration of the embedded database may be negative.");
        }
        if (!(computeUnits >= 0.25 && computeUnits <= 56)) {
            throw new IllegalArgumentException(
                    "The compute of the embedded database must have between 0.25 and 56 units, not %s."
                            .formatted(computeUnits));
        }
    }

    /// PostgreSQL's `max_connections`. Seven of them are reserved.
    public int maximumConnections() {
        return new ComputeSize(computeUnits).maximumConnections();
    }

    /// The same with another time until the compute is suspended.
    public GatewaySettings withSuspendAfter(Duration other) {
        return new GatewaySettings(other, wakeDelay, roundTripDelay, computeUnits);
    }

    /// The same with another shortest wake.
    public GatewaySettings withWakeDelay(Duration other) {
        return new GatewaySettings(suspendAfter, other, roundTripDelay, computeUnits);
    }

    /// The same with another delay of round trips.
    public GatewaySettings withRoundTripDelay(Duration other) {
        return new GatewaySettings(suspendAfter, wakeDelay, other, computeUnits);
    }

    /// The same with a compute of another size.
    public GatewaySettings withComputeUnits(double other) {
        return new GatewaySettings(suspendAfter, wakeDelay, roundTripDelay, other);
    }
}
