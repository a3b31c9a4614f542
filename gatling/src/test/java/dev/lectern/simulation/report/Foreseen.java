package dev.lectern.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the application's model of its pool as a queue foresaw of the busiest minute, beside what was measured in it.
///
/// @param panel as the admin port showed it at the end
record Foreseen(JsonNode panel) {

    static final List<String> HEAD = List.of("p95, in ms", "predicted", "measured");

    /// Empty where the application said nothing.
    static Optional<Foreseen> read(Path folder) throws IOException {
        Path file = folder.resolve("capacity.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode panel = new ObjectMapper().readTree(file.toFile());
        return panel.at("/busiest").isObject() ? Optional.of(new Foreseen(panel)) : Optional.empty();
    }

    List<List<String>> rows() {
        return List.of(
                row("waiting for a connection", "/present/wait_p95_ms", "/busiest/wait_p95_ms"),
                row("waiting and holding", "/present/wait_and_hold_p95_ms", "/busiest/wait_and_hold_p95_ms"));
    }

    String line() {
        List<String> whole = rows().getLast();
        return "Predicted p95 of waiting and holding: %s ms; measured: %s ms".formatted(whole.get(1), whole.get(2));
    }

    private List<String> row(String name, String predicted, String measured) {
        return List.of(name, millis(panel.at(predicted), "no end"), millis(panel.at(measured), "nothing"));
    }

    private static String millis(JsonNode value, String none) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.asDouble()) : none;
    }

    /// What was asked of the pool, and what the model advises.
    String text() {
        return String.format(
                Locale.ROOT,
                "In the busiest minute %.1f pieces of work a second came (burstiness %.1f) and held a connection for "
                        + "%.1f ms on average; %d were refused, and the compute woke %d times, which the model does "
                        + "not know of. The pool had %d connections. %s",
                panel.at("/busiest/arrivals_per_s").asDouble(),
                panel.at("/busiest/burstiness").asDouble(),
                panel.at("/busiest/hold/mean_ms").asDouble(),
                panel.at("/busiest/refused").asLong(),
                panel.at("/busiest/wakes").asLong(),
                panel.at("/pool").asInt(),
                panel.at("/advice/sentence").asText());
    }
}
