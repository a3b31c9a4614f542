package dev.lectern.cli.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.capacity.Demand;
import dev.lectern.neon.capacity.TimeDistribution;
import dev.lectern.neon.capacity.TimeDistribution.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one process was asked for, and how that went. Times are those that 95 of 100 did not exceed; null where they
/// are not known.
///
/// @param period which time it is of, for people
/// @param held how often work held a connection
/// @param refused pieces of work that got no connection
/// @param wakes of the compute in that time
/// @param waited for a connection
/// @param whole waiting and holding
/// @param besides what requests take beside the database and language models
/// @param pieces of work that a request has the database do
/// @param pool how many connections the process may have
record Measured(
        String period,
        Demand demand,
        long held,
        long refused,
        long wakes,
        @Nullable Duration waited,
        @Nullable Duration whole,
        @Nullable Duration besides,
        int pieces,
        int pool,
        Budget budget) {

    /// Of the panel `capacity`; empty where no work was done in the last hour.
    static Optional<Measured> of(JsonNode panel) {
        JsonNode busiest = panel.at("/busiest");
        if (!busiest.isObject()) {
            return Optional.empty();
        }
        List<Part> holds = new ArrayList<>();
        for (JsonNode part : busiest.at("/hold/parts")) {
            holds.add(new Part(millis(part.get(0).asDouble()), part.get(1).asLong()));
        }
        TimeDistribution held = new TimeDistribution(holds);
        return Optional.of(new Measured(
                "the busiest minute of the last hour, which ended %d s ago%s"
                        .formatted(busiest.at("/ended_s_ago").asLong(), shorter(busiest)),
                new Demand(
                        busiest.at("/arrivals_per_s").asDouble(),
                        busiest.at("/burstiness").asDouble(),
                        held),
                held.count(),
                busiest.at("/refused").asLong(),
                busiest.at("/wakes").asLong(),
                time(busiest.at("/wait_p95_ms")),
                time(busiest.at("/wait_and_hold_p95_ms")),
                time(busiest.at("/besides_p95_ms")),
                busiest.at("/pieces_per_request").asInt(),
                panel.at("/pool").asInt(),
                new Budget(panel.at("/replicas").asInt(), panel.at("/head_room").asInt())));
    }

    /// The same, of so many processes.
    Measured with(int replicas) {
        return new Measured(
                period,
                demand,
                held,
                refused,
                wakes,
                waited,
                whole,
                besides,
                pieces,
                pool,
                new Budget(replicas, budget.headRoom()));
    }

    private static String shorter(JsonNode busiest) {
        int seconds = busiest.at("/seconds").asInt();
        return seconds < 60 ? "; %d s of it, since the process is young".formatted(seconds) : "";
    }

    private static @Nullable Duration time(JsonNode millis) {
        return millis.isNumber() ? millis(millis.asDouble()) : null;
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
