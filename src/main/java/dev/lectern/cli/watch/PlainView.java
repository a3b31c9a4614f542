package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line for each change and each event, and else one now and then: for files and pipes.
final class PlainView implements View {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final PrintStream out;
    private @Nullable String state;
    private @Nullable Instant told;
    private long lastEvent = Long.MAX_VALUE;

    PlainView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(Sighting sighting, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        switch (sighting) {
            case Sighting.Absent(String why) -> tell("absent " + why, at, at + " not there | " + why);
            case Sighting.Seen(JsonNode snapshot, List<JsonNode> events) -> {
                news(events);
                Snapshot seen = new Snapshot(snapshot);
                tell(seen.state(), at, at + " " + line(seen));
            }
        }
        out.flush();
    }

    private void tell(String newState, Instant at, String line) {
        Instant before = told;
        if (before == null || !newState.equals(state) || !at.isBefore(before.plus(SIGN_OF_LIFE))) {
            out.println(line);
            state = newState;
            told = at;
        }
    }

    /// What happened since the first look. A log that begins anew is another process's.
    private void news(List<JsonNode> events) {
        long newest = events.isEmpty() ? 0 : events.getLast().at("/id").asLong();
        for (JsonNode event : events) {
            Entry entry = Entry.of(event);
            if (entry.id() > lastEvent) {
                out.println(entry.at() + " " + entry.level() + " " + entry.kind() + " | " + entry.text());
            }
        }
        lastEvent = newest;
    }

    static String line(Snapshot seen) {
        return seen.level() + " " + seen.status()
                + " | " + seen.active() + " in use, " + seen.idle() + " idle, " + seen.waiting() + " waiting, of "
                + seen.maximum()
                + " | served " + seen.rate("served") + ", refused " + seen.rate("refused") + ", failed "
                + seen.rate("failed") + ", timed out " + seen.rate("timeouts") + " a second"
                + " | p95 " + seen.p95()
                + " | " + seen.sentence()
                + (seen.next().isEmpty() ? "" : " Next: " + seen.next());
    }

    @Override
    public void close() {}
}
