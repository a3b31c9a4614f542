package dev.lectern.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A table that tests write: each adds its row, and the page is made of all rows that there are. `-Dfaults.write=true`
/// writes it to `docs`, else it is in `target`.
///
/// @param name of the page, without its ending
/// @param head what stands above the rows, the table's own head included
record RowTable(String name, String head) {

    /// Adds a row, or replaces the one at its place.
    ///
    /// @param order where it stands in the table
    void row(int order, String... cells) {
        Path rows = Path.of("target", name);
        try {
            Files.createDirectories(rows);
            Files.writeString(
                    rows.resolve("%02d.row".formatted(order)), "| " + String.join(" | ", cells) + " |\n", UTF_8);
            StringBuilder page = new StringBuilder(head);
            for (Path row : in(rows)) {
                page.append(Files.readString(row, UTF_8));
            }
            Files.writeString(
                    Path.of(Boolean.getBoolean("faults.write") ? "docs" : "target", name + ".md"), page, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> in(Path rows) throws IOException {
        try (Stream<Path> files = Files.list(rows)) {
            return files.sorted().toList();
        }
    }
}
