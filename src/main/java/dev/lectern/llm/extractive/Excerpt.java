package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import java.util.List;
import java.util.Set;

/// A stretch of a passage that can be quoted by itself.
///
/// @param source the passage
/// @param heading what stands above it
/// @param position its place in the passage; what goes on from something has the next place
/// @param opens whether it is the first below its heading
/// @param form what it is
/// @param lead what introduces a list, a piece of code or a table; empty where nothing does
/// @param lines the sentence; the items of a list; the lines of code; the rows of a table
/// @param terms the content terms of lead and lines
record Excerpt(
        Source source,
        Heading heading,
        int position,
        boolean opens,
        Form form,
        String lead,
        List<String> lines,
        Set<String> terms) {

    enum Form {
        SENTENCE,
        ITEM,
        LIST,
        STEPS,
        CODE,
        TABLE
    }

    /// The words of it, without marks.
    String text() {
        return lead.isEmpty() && lines.size() == 1 ? lines.getFirst() : lead + " " + String.join(" ", lines);
    }

    int words() {
        return text().strip().split("\\s+", -1).length;
    }

    /// Whether it stands in lines of its own.
    boolean isBlock() {
        return form != Form.SENTENCE && form != Form.ITEM;
    }

    /// The same with the heading before it.
    Excerpt titled() {
        String title = heading.text() + (lines.getFirst().contains(": ") ? " – " : ": ");
        return new Excerpt(source, heading, position, opens, form, lead, List.of(title + lines.getFirst()), terms);
    }

    /// As an answer shows it, with its citation.
    String quoted() {
        String citation = " [" + source.number() + "]";
        return switch (form) {
            case SENTENCE, ITEM -> lines.getFirst() + citation;
            case LIST -> introduced(citation) + "- " + String.join("\n- ", lines);
            case STEPS -> introduced(citation) + numbered();
            case CODE -> introduced(citation) + "```\n" + String.join("\n", lines) + "\n```";
            case TABLE -> introduced(citation) + table();
        };
    }

    private String introduced(String citation) {
        String introduction = lead.isEmpty() ? heading.text() : lead;
        return introduction.replaceFirst("[:.]\\s*$", "") + citation + ":\n\n";
    }

    private String numbered() {
        var steps = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            steps.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(lines.get(i));
        }
        return steps.toString();
    }

    private String table() {
        String header = lines.getFirst();
        long columns = header.chars().filter(c -> c == '|').count() - 1;
        return header + "\n|" + " --- |".repeat((int) columns) + "\n"
                + String.join("\n", lines.subList(1, lines.size()));
    }
}
