package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.cli.AdminPort;
import java.util.ArrayList;
import java.util.List;

/// What one look at the admin port has shown.
sealed interface Sighting {

    /// A Lectern that answers.
    ///
    /// @param events its log, newest last
    record Seen(JsonNode snapshot, List<JsonNode> events) implements Sighting {}

    /// None.
    ///
    /// @param why a sentence without a full stop
    record Absent(String why) implements Sighting {}

    /// Looks once.
    static Sighting at(AdminPort port) throws InterruptedException {
        return switch (port.panel("snapshot", "/verdict/level")) {
            case AdminPort.Reply.Absent(String why) -> new Absent(why);
            case AdminPort.Reply.Panel(JsonNode snapshot) -> new Seen(snapshot, events(port));
        };
    }

    /// None where they cannot be had: the snapshot says more.
    private static List<JsonNode> events(AdminPort port) throws InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        if (port.panel("events", "/events") instanceof AdminPort.Reply.Panel(JsonNode panel)) {
            panel.at("/events").forEach(events::add);
        }
        return List.copyOf(events);
    }
}
