package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.cli.Printable;

/// One event of Lectern's log, fit to be shown.
record Entry(long id, String at, String kind, String level, String text) {

    static Entry of(JsonNode event) {
        String reason = event.at("/reason").asText("");
        String actor = event.at("/actor").asText("");
        String text = event.at("/text").asText("")
                + (actor.isEmpty() || actor.equals("lectern") ? "" : ", by " + actor)
                + (reason.isEmpty() || reason.equals("null") ? "" : " (" + reason + ")");
        return new Entry(
                event.at("/id").asLong(),
                Printable.line(event.at("/at").asText()),
                Printable.line(event.at("/kind").asText()),
                Printable.line(event.at("/level").asText()),
                Printable.line(text));
    }
}
