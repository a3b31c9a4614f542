package dev.lectern.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neon.monitor.Timeline;
import dev.lectern.problem.ProblemException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All panels of the console.
final class Panels {

    private final Watched watched;
    private final SnapshotPanel snapshot;
    private final TimelinePanel timeline;
    private final ConnectionsPanel connections;
    private final WarmupPanel warmup;
    private final FleetPanel fleet;
    private final CapacityPanel capacity;

    Panels(
            Watched watched,
            Observation observation,
            Timeline history,
            SnapshotPanel.Started started,
            InstantSource clock) {
        this.watched = watched;
        this.snapshot = new SnapshotPanel(watched, observation, history, started, clock);
        this.timeline = new TimelinePanel(history, clock);
        this.connections = new ConnectionsPanel(
                watched,
                new ServerSessionsDao(watched.database(), watched.settings().applicationName()),
                clock);
        this.warmup = new WarmupPanel(watched.monitor(), watched.neon()::snapshot, watched.neonApi(), clock);
        this.fleet = new FleetPanel(watched);
        this.capacity = new CapacityPanel(watched);
    }

    /// The configuration in force.
    record Configuration(List<ConfigurationValue> values) {}

    /// By their path.
    Map<String, Panel> all(ObjectMapper json, EventLog log, LogTail tail) {
        Map<String, Callable<Object>> parts = parts(log, tail);
        return Map.ofEntries(
                Map.entry("snapshot", _ -> snapshot.shown()),
                Map.entry("timeline", _ -> timeline.shown()),
                Map.entry("times", _ -> watched.metrics().times()),
                Map.entry("routes", _ -> watched.metrics().routes()),
                Map.entry("connections", request -> connections.shown(flag(request.getParameter("server")))),
                Map.entry("warmup", _ -> warmup.shown()),
                Map.entry("fleet", _ -> fleet.shown()),
                Map.entry("capacity", _ -> capacity.shown()),
                Map.entry("config", _ -> new Configuration(watched.configuration())),
                Map.entry("threads", _ -> Document.text(threads())),
                Map.entry("bundle", _ -> new Bundle(json, parts).zip()));
    }

    /// What whoever watches is sent each second, one or nothing, by the event's name.
    Map<String, Supplier<List<?>>> everySecond() {
        Map<String, Supplier<List<?>>> events = new LinkedHashMap<>();
        events.put("snapshot", () -> List.of(snapshot.shown()));
        events.put("point", timeline::latest);
        return events;
    }

    /// What a bundle holds. The server is not asked.
    private Map<String, Callable<Object>> parts(EventLog log, LogTail tail) {
        Map<String, Callable<Object>> parts = new LinkedHashMap<>();
        parts.put("snapshot.json", snapshot::shown);
        parts.put("timeline.json", timeline::shown);
        parts.put("times.json", () -> watched.metrics().times());
        parts.put("routes.json", () -> watched.metrics().routes());
        parts.put("connections.json", () -> connections.shown(false));
        parts.put("warmup.json", warmup::shown);
        parts.put("fleet.json", fleet::shown);
        parts.put("capacity.json", capacity::shown);
        parts.put("config.json", () -> new Configuration(watched.configuration()));
        parts.put("events.json", () -> new EventsServlet.Events(log.after(0)));
        parts.put("threads.txt", this::threads);
        parts.put("metrics.txt", () -> watched.metrics().text());
        parts.put("log.txt", tail::text);
        return parts;
    }

    private String threads() {
        return ThreadDump.take(watched.metrics().requestThreads());
    }

    private static boolean flag(@Nullable String parameter) {
        return switch (parameter) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid("server", "must be true or false");
        };
    }
}
