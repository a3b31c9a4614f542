package dev.lectern.neonapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;

/// What `GET /consumption_history/v2/projects` answers: of each project its billing periods, of each period some time
/// frames, of each frame some metrics.
final class ConsumptionAnswer {

    private static final double SECONDS_AN_HOUR = 3600;

    private ConsumptionAnswer() {}

    /// The CU-hours of one project; empty where it is not among the answers. A frame without consumption is left out by
    /// Neon.
    static OptionalDouble read(JsonNode answer, String project, Instant from, Instant to) throws NeonApiException {
        if (!answer.path("projects").isArray()) {
            throw NeonApi.unavailable("Neon's API answers something else than a consumption");
        }
        boolean found = false;
        double seconds = 0;
        for (JsonNode each : answer.path("projects")) {
            if (project.equals(each.path("project_id").asText())) {
                found = true;
                for (JsonNode period : each.path("periods")) {
                    for (JsonNode frame : period.path("consumption")) {
                        seconds += begins(frame, from, to) ? computeUnitSeconds(frame) : 0;
                    }
                }
            }
        }
        return found ? OptionalDouble.of(seconds / SECONDS_AN_HOUR) : OptionalDouble.empty();
    }

    private static boolean begins(JsonNode frame, Instant from, Instant to) {
        try {
            Instant start =
                    OffsetDateTime.parse(frame.path("timeframe_start").asText()).toInstant();
            return !start.isBefore(from) && start.isBefore(to);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static double computeUnitSeconds(JsonNode frame) {
        for (JsonNode metric : frame.path("metrics")) {
            if ("compute_unit_seconds".equals(metric.path("metric_name").asText())) {
                return metric.path("value").asDouble();
            }
        }
        return 0;
    }
}
