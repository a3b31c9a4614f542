package dev.lectern.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/// What happened in a run, as lines of comma-separated values in three files: every request, what was seen each second,
/// and what the simulation did when; and what the application said at the end. Gatling's own log has a form of its own
/// and no headers of answers.
final class Records implements AutoCloseable {

    private final Path folder;
    private final BufferedWriter requests;
    private final BufferedWriter samples;
    private final BufferedWriter events;
    private volatile boolean closed;

    Records(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            requests = Files.newBufferedWriter(folder.resolve("requests.csv"));
            samples = Files.newBufferedWriter(folder.resolve("samples.csv"));
            events = Files.newBufferedWriter(folder.resolve("events.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A request that has ended.
    ///
    /// @param backendMs of an answer's time what is not the language model's; -1 where that is not said
    void request(long began, String name, int status, int millis, Outcome outcome, int backendMs) {
        write(requests, began, name, status, millis, outcome, backendMs);
    }

    void sample(Object... values) {
        write(samples, values);
    }

    void event(long at, String name) {
        write(events, at, name);
    }

    /// What the application said of its pool at the end, JSON.
    void capacity(String panel) {
        try {
            Files.writeString(folder.resolve("capacity.json"), panel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(BufferedWriter file, Object... values) {
        StringJoiner line = new StringJoiner(",", "", "\n");
        for (Object value : values) {
            line.add(String.valueOf(value));
        }
        synchronized (file) {
            try {
                if (!closed) {
                    file.write(line.toString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// What comes later, from users who are being stopped, is not of the run.
    @Override
    public void close() {
        closed = true;
        for (BufferedWriter file : List.of(requests, samples, events)) {
            synchronized (file) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
