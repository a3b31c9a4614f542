package dev.lectern.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A page of headings, paragraphs, tables and one picture, as Markdown and as HTML. Its text has no markup.
final class Document {

    private sealed interface Part {}

    private record Heading(int level, String text) implements Part {}

    private record Paragraph(String text) implements Part {}

    private record Table(List<String> head, List<List<String>> rows) implements Part {}

    private record Picture(String file, String svg) implements Part {}

    private final List<Part> parts = new ArrayList<>();

    Document heading(int level, String text) {
        parts.add(new Heading(level, text));
        return this;
    }

    Document paragraph(String text) {
        parts.add(new Paragraph(text));
        return this;
    }

    Document table(List<String> head, List<List<String>> rows) {
        parts.add(new Table(head, rows));
        return this;
    }

    /// @param file where Markdown finds it
    Document picture(String file, String svg) {
        parts.add(new Picture(file, svg));
        return this;
    }

    String markdown() {
        return parts.stream().map(Document::markdown).collect(Collectors.joining("\n\n", "", "\n"));
    }

    String html(String title) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
                table { border-collapse: collapse; display: block; overflow-x: auto; }
                th, td { border: 1px solid #8c959f; padding: .25rem .6rem; text-align: left; }
                svg { width: 100%%; height: auto; }
                </style>
                %s
                </html>
                """.formatted(title, parts.stream().map(Document::html).collect(Collectors.joining("\n")));
    }

    private static String markdown(Part part) {
        return switch (part) {
            case Heading heading -> "#".repeat(heading.level()) + " " + heading.text();
            case Paragraph paragraph -> paragraph.text();
            case Table table ->
                row(table.head()) + "\n" + "|---".repeat(table.head().size()) + "|\n"
                        + table.rows().stream().map(Document::row).collect(Collectors.joining("\n"));
            case Picture picture -> "![Charts of the run](" + picture.file() + ")";
        };
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String html(Part part) {
        return switch (part) {
            case Heading heading -> "<h%1$d>%2$s</h%1$d>".formatted(heading.level(), heading.text());
            case Paragraph paragraph -> "<p>" + paragraph.text() + "</p>";
            case Table table ->
                "<table>\n<tr>" + cells("th", table.head()) + "</tr>\n"
                        + table.rows().stream()
                                .map(row -> "<tr>" + cells("td", row) + "</tr>")
                                .collect(Collectors.joining("\n"))
                        + "\n</table>";
            case Picture picture -> picture.svg();
        };
    }

    private static String cells(String element, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%1$s>%2$s</%1$s>".formatted(element, cell))
                .collect(Collectors.joining());
    }
}
