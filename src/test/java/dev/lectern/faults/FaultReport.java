package dev.lectern.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The table of what was measured, written by the tests themselves: each adds its row, and the table is made of all
/// rows that there are. `-Dfaults.write=true` writes it to `docs/faults.md`, else it is `target/faults.md`.
final class FaultReport {

    private static final Path ROWS = Path.of("target", "faults");

    private FaultReport() {}

    /// Adds a row.
    ///
    /// @param order where it stands in the table
    /// @param measured the figures, with their units
    static void row(int order, String fault, String bar, String measured, Class<?> where) {
        try {
            Files.createDirectories(ROWS);
            Files.writeString(
                    ROWS.resolve("%02d.row".formatted(order)),
                    "| %s | %s | %s | `%s` |%n".formatted(fault, bar, measured, where.getSimpleName()));
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write() throws IOException {
        StringBuilder table =
                new StringBuilder("""
                # Faults, and what Lectern makes of them

                Written by the tests in `src/test/java/dev/lectern/faults` (`bin/test-faults`): each fault is injected
                for real, by the gateway before the embedded PostgreSQL or by PostgreSQL itself, while readers read, write
                and ask over HTTP, or after they did where their requests would be counted. A row fails if an acknowledged
                write or answer is lost or doubled, a reply is later than its deadline and a tenth of a second, an answer
                that is not saved does not say so, a permit or a connection is left in use, the pool was above its maximum,
                or the process was not alive. Not so: floods look at what is lost, doubled or left only; the leak, which is
                the test's own, at what is left once it has ended; a process that was told to stop has no pool to look at;
                200 readers at once only read, and nobody else asks while the model stalls. A flood's p99 of refusals
                is shown beside its bar and not demanded: client and server share the processors. Rows are replaced one
                by one, so they may be from several runs. Client, Lectern, gateway and PostgreSQL shared one machine of %d
                processors.

                | fault | bar | measured | where |
                |---|---|---|---|
                """.formatted(Runtime.getRuntime().availableProcessors()));
        List<Path> rows;
        try (Stream<Path> files = Files.list(ROWS)) {
            rows = files.sorted().toList();
        }
        for (Path row : rows) {
            table.append(Files.readString(row, UTF_8));
        }
        Path file = Boolean.getBoolean("faults.write") ? Path.of("docs", "faults.md") : Path.of("target", "faults.md");
        Files.writeString(file, table, UTF_8);
    }
}
