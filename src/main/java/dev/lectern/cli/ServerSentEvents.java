package dev.lectern.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Gatherer;
import java.util.stream.Stream;

/// Reads a stream of [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html).
record ServerSentEvents(BufferedReader lines) implements AutoCloseable {

    /// An event with the data of its lines joined.
    record Event(String name, String data) {}

    ServerSentEvents(InputStream in) {
        this(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /// The events that have data, as they come.
    Stream<Event> stream() {
        return lines.lines().gather(Gatherer.<String, Pending, Event>ofSequential(Pending::new, Pending::read));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static final class Pending {

        private String name = "message";
        private final StringBuilder data = new StringBuilder();

        boolean read(String line, Gatherer.Downstream<? super Event> events) {
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                Event event = new Event(name, data.toString());
                name = "message";
                data.setLength(0);
                return events.push(event);
            }
            return true;
        }
    }
}
