package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/// A JSON object on a line of its own for each look.
final class JsonView implements View {

    private static final int FIRST_EVENTS = 10;

    private final PrintStream out;
    private final ObjectMapper json;
    private long lastEvent = -1;

    JsonView(PrintStream out, ObjectMapper json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void show(Sighting sighting, Instant now) {
        ObjectNode line = json.createObjectNode().put("at", now.toString());
        switch (sighting) {
            case Sighting.Absent(String why) -> line.put("there", false).put("why", why);
            case Sighting.Seen(JsonNode snapshot, List<JsonNode> events) -> {
                line.put("there", true).set("snapshot", snapshot);
                line.set("events", news(events));
            }
        }
        out.println(line);
        out.flush();
    }

    /// At first the latest, and then what is new.
    private ArrayNode news(List<JsonNode> events) {
        ArrayNode news = json.createArrayNode();
        boolean first = lastEvent < 0;
        events.stream()
                .skip(first ? Math.max(0, events.size() - FIRST_EVENTS) : 0)
                .filter(event -> event.at("/id").asLong() > lastEvent)
                .forEach(news::add);
        lastEvent = events.isEmpty() ? 0 : events.getLast().at("/id").asLong();
        return news;
    }

    @Override
    public void close() {}
}
