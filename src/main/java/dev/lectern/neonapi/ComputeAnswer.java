package dev.lectern.neonapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.neon.warmup.ComputeReport;
import dev.lectern.neon.warmup.ComputeReport.State;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What `GET /projects/{project}/endpoints/{endpoint}` answers. Members that are missing or make no sense are as if
/// Neon did not say; others than these are not looked at.
final class ComputeAnswer {

    /// What zero stands for, and the longest there is: `SuspendTimeoutSeconds` of Neon's OpenAPI document.
    private static final Duration DEFAULT_SUSPEND = Duration.ofMinutes(5);

    private static final long LONGEST_SUSPEND = 604_800;
    private static final long NEVER = -1;

    private ComputeAnswer() {}

    static ComputeReport read(JsonNode answer, Instant now) throws NeonApiException {
        JsonNode endpoint = answer.path("endpoint");
        if (!endpoint.isObject()) {
            throw NeonApi.unavailable("Neon's API answers something else than a compute");
        }
        return new ComputeReport(
                now,
                state(endpoint),
                suspend(endpoint.path("suspend_timeout_seconds")),
                size(endpoint.path("autoscaling_limit_min_cu")),
                // A compute that was started was wanted, whether or not its last activity is known yet.
                Stream.of("last_active", "started_at")
                        .flatMap(member -> time(endpoint.path(member), now).stream())
                        .max(Instant::compareTo),
                time(endpoint.path("suspended_at"), now),
                endpoint.path("disabled").asBoolean(false));
    }

    private static State state(JsonNode endpoint) {
        String current = endpoint.path("current_state").asText();
        String pending = endpoint.path("pending_state").asText("");
        if (!pending.isEmpty() && !endpoint.path("pending_state").isNull() && !pending.equals(current)) {
            return State.CHANGING;
        }
        return switch (current) {
            case "active" -> State.ACTIVE;
            case "idle" -> State.IDLE;
            case "init" -> State.CHANGING;
            default -> State.UNKNOWN;
        };
    }

    private static Optional<Duration> suspend(JsonNode seconds) {
        long value = seconds.isIntegralNumber() && seconds.canConvertToLong() ? seconds.longValue() : Long.MIN_VALUE;
        if (value < NEVER || value > LONGEST_SUSPEND) {
            return Optional.empty();
        }
        return Optional.of(value == NEVER ? Duration.ZERO : value == 0 ? DEFAULT_SUSPEND : Duration.ofSeconds(value));
    }

    private static OptionalDouble size(JsonNode cu) {
        return cu.isNumber() && cu.doubleValue() > 0 && Double.isFinite(cu.doubleValue())
                ? OptionalDouble.of(cu.doubleValue())
                : OptionalDouble.empty();
    }

    private static Optional<Instant> time(JsonNode text, Instant now) {
        try {
            Instant time = OffsetDateTime.parse(text.asText()).toInstant();
            return Optional.of(time).filter(Instant.EPOCH::isBefore).filter(now.plus(Duration.ofDays(1))::isAfter);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
