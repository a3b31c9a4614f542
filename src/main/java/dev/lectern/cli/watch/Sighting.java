package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
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
}
