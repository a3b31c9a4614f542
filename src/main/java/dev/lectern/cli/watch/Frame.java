package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the screen of `watch` shows at one moment.
///
/// @param url of the admin port
/// @param last what was seen last of a Lectern, which may be gone; null for nothing yet
record Frame(String url, Instant now, Sighting sighting, Sighting.@Nullable Seen last) {

    private static final int WIDEST_BAR = 48;
    private static final int BESIDES_BAR = 24;

    /// The lines, no wider and no more than these.
    List<String> lines(Terminal terminal, int width, int height) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of("Lectern at " + url + "   " + now.truncatedTo(ChronoUnit.SECONDS)));
        lines.add(Line.of(""));
        switch (sighting) {
            case Sighting.Absent(String why) -> absent(lines, why, width);
            case Sighting.Seen(JsonNode snapshot, List<JsonNode> events) -> {
                seen(lines, new Snapshot(snapshot), terminal, width);
                log(lines, events, height - lines.size() - 2);
            }
        }
        return lines.stream()
                .limit(height)
                .map(line -> line.on(terminal, width))
                .toList();
    }

    private void absent(List<Line> lines, String why, int width) {
        lines.addAll(Line.wrapped("NOT THERE", Colour.RED, why + ".", width));
        lines.add(Line.of("Looking again and again; Ctrl-C ends that."));
        if (last != null) {
            Snapshot before = new Snapshot(last.snapshot());
            lines.add(Line.of(""));
            lines.add(Line.of("Last seen at " + Snapshot.timeOfDay(before.text("/at")) + ": " + before.sentence()));
        }
    }

    private static void seen(List<Line> lines, Snapshot snapshot, Terminal terminal, int width) {
        String level = snapshot.level().toUpperCase(Locale.ROOT);
        lines.addAll(Line.wrapped(level, colour(snapshot.level()), snapshot.sentence(), width));
        if (!snapshot.next().isEmpty()) {
            lines.addAll(Line.wrapped("Next", null, snapshot.next(), width));
        }
        lines.add(Line.of(""));
        String paused = snapshot.text("/database/paused_until");
        lines.add(Line.of("database  " + snapshot.status()
                + " since " + Snapshot.timeOfDay(snapshot.text("/database/since"))
                + (paused.isEmpty() ? "" : ", paused until " + Snapshot.timeOfDay(paused))
                + "  " + snapshot.text("/database/host") + "/" + snapshot.text("/database/name")
                + (snapshot.is("/database/embedded") ? ", embedded" : "")
                + (snapshot.is("/database/pooled") ? ", pooled" : "")));
        if (!snapshot.cause().isEmpty()) {
            lines.add(Line.of("          " + snapshot.cause()));
        }
        lines.add(Line.of("pool      " + bar(snapshot, terminal, Math.min(WIDEST_BAR, width - BESIDES_BAR))));
        Integer limit = snapshot.serverLimit();
        lines.add(Line.of("          " + snapshot.active() + " in use, " + snapshot.idle() + " idle, "
                + snapshot.waiting() + " waiting, of " + snapshot.maximum()
                + (limit == null ? "" : "; the server has " + limit)));
        if (!snapshot.holders().isEmpty()) {
            lines.add(Line.of("held by   " + String.join(", ", snapshot.holders())));
        }
        lines.add(Line.of("requests  served " + snapshot.rate("served") + ", refused " + snapshot.rate("refused")
                + ", failed " + snapshot.rate("failed") + ", timed out " + snapshot.rate("timeouts") + " a second"));
        lines.add(Line.of("readers   p95 " + snapshot.p95() + " of " + snapshot.target() + ", burn rate "
                + snapshot.burnRate("5m") + " over 5 min, " + snapshot.burnRate("1h") + " over 1 h"));
    }

    /// In use, idle, and what may still be opened.
    static String bar(Snapshot snapshot, Terminal terminal, int width) {
        int maximum = Math.max(1, Math.max(snapshot.maximum(), snapshot.active() + snapshot.idle()));
        int cells = Math.max(1, width);
        int active = cells(snapshot.active(), maximum, cells);
        int idle = Math.min(cells - active, cells(snapshot.idle(), maximum, cells));
        String signs = terminal.unicode() ? "█▒·" : "#=.";
        return "[" + signs.substring(0, 1).repeat(active)
                + signs.substring(1, 2).repeat(idle)
                + signs.substring(2, 3).repeat(cells - active - idle) + "]";
    }

    /// One connection is seen, however many there may be.
    private static int cells(int part, int whole, int cells) {
        return part == 0 ? 0 : Math.clamp(Math.round((float) part * cells / whole), 1, cells);
    }

    private static void log(List<Line> lines, List<JsonNode> events, int room) {
        if (events.isEmpty() || room < 1) {
            return;
        }
        lines.add(Line.of(""));
        lines.add(Line.of("events"));
        for (JsonNode event : events.reversed().stream().limit(room).toList()) {
            Entry entry = Entry.of(event);
            String lead = Snapshot.timeOfDay(entry.at()) + "  " + String.format("%-9s", entry.kind());
            lines.add(new Line(lead, eventColour(entry.level()), " " + entry.text()));
        }
    }

    static Colour colour(String level) {
        return switch (level) {
            case "good" -> Colour.GREEN;
            case "notice" -> Colour.CYAN;
            case "bad" -> Colour.YELLOW;
            default -> Colour.RED;
        };
    }

    private static Colour eventColour(String level) {
        return switch (level) {
            case "error" -> Colour.RED;
            case "warning" -> Colour.YELLOW;
            default -> Colour.GREY;
        };
    }
}
