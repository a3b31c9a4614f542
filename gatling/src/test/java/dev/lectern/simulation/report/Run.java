package dev.lectern.simulation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All that was recorded of a run; times are milliseconds since its begin.
///
/// @param residentAtFirst megabytes that the application had in memory when it was first looked at, before the warm-up
record Run(List<Request> requests, List<Sample> samples, List<Event> events, long length, int residentAtFirst) {

    /// What the simulation did on purpose.
    record Event(long at, String name) {}

    static Run read(Path folder) throws IOException {
        List<String> deeds = Files.readAllLines(folder.resolve("events.csv"));
        if (deeds.size() < 2) {
            throw new IOException("The simulation did not run to its end.");
        }
        long begin = event(deeds.getFirst(), 0).at();
        long length = event(deeds.getLast(), begin).at();
        List<Event> events = deeds.subList(1, deeds.size() - 1).stream()
                .map(line -> event(line, begin))
                .toList();
        // Before the begin is the warm-up; beyond the end come those who were stopped in the midst.
        List<Request> requests = new ArrayList<>();
        try (Stream<String> lines = Files.lines(folder.resolve("requests.csv"))) {
            lines.map(line -> Request.parse(line, begin))
                    .filter(request -> request.began() >= 0 && request.ended() <= length)
                    .forEach(requests::add);
        }
        List<Sample> all = Files.readAllLines(folder.resolve("samples.csv")).stream()
                .map(line -> Sample.parse(line, begin))
                .toList();
        List<Sample> samples =
                all.stream().filter(sample -> sample.at() >= 0).toList();
        if (requests.isEmpty() || samples.isEmpty()) {
            throw new IOException("Nothing was recorded.");
        }
        return new Run(requests, samples, events, length, all.getFirst().residentMb());
    }

    private static Event event(String line, long begin) {
        String[] values = line.split(",");
        return new Event(Long.parseLong(values[0]) - begin, values[1]);
    }

    int seconds() {
        return Math.toIntExact((length + 999) / 1000);
    }

    /// When something was done for the first time.
    long at(String event) {
        return events.stream()
                .filter(known -> known.name().equals(event))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("\"" + event + "\" did not happen in this run."))
                .at();
    }

    List<Event> all(String prefix) {
        return events.stream().filter(event -> event.name().startsWith(prefix)).toList();
    }

    List<Request> where(Predicate<Request> which) {
        return requests.stream().filter(which).toList();
    }

    List<Sample> between(long from, long to) {
        return samples.stream()
                .filter(sample -> sample.at() >= from && sample.at() < to)
                .toList();
    }
}
