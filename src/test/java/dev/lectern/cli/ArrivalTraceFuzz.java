package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A file of arrivals is refused by file and line, or is read, in order, as many times as it has lines, and as the same
/// times when these are written and read again.
public final class ArrivalTraceFuzz {

    private static final Path FILE = file();
    private static final int USAGE = 64;

    private ArrivalTraceFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        column();
        try {
            long[] arrivals = new ArrivalTrace(FILE, null).read();
            long lines = Files.readAllLines(FILE).stream()
                    .filter(line -> !line.isBlank())
                    .count();
            assertThat(arrivals).hasSize((int) lines).isSorted();
            readAgain(arrivals);
        } catch (CommandFailedException e) {
            assertThat(e.exitCode()).isEqualTo(USAGE);
            assertThat(e.getMessage()).startsWith(FILE.toString());
        }
    }

    /// The same as a table, whose header it may not have.
    private static void column() throws IOException {
        try {
            assertThat(new ArrivalTrace(FILE, "at").read()).isSorted();
        } catch (CommandFailedException e) {
            assertThat(e.exitCode()).isEqualTo(USAGE);
            assertThat(e.getMessage()).startsWith(FILE.toString());
        }
    }

    private static void readAgain(long[] arrivals) throws IOException {
        Files.writeString(
                FILE,
                Arrays.stream(arrivals)
                        .mapToObj(arrival -> Instant.ofEpochMilli(arrival).toString())
                        .collect(Collectors.joining("\n")));
        assertThat(new ArrivalTrace(FILE, null).read()).isEqualTo(arrivals);
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("arrivals", ".txt");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
