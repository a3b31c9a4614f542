package dev.lectern.book.manuscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The [footnotes](https://python-markdown.github.io/extensions/footnotes/) and
/// [definition lists](https://python-markdown.github.io/extensions/definition_lists/) of one page: their text becomes
/// paragraphs where it stands, and what refers to a footnote goes.
final class Definitions {

    /// Without the name of a footnote it describes the term above.
    private static final Pattern ANY =
            Pattern.compile("^(\\s*+)(?:\\[\\^([^\\]\\[]++)]:|:(?= ))\\s*+(.*+)$", Pattern.DOTALL);

    private static final Pattern FOOTNOTE = Pattern.compile("^(\\s*+)\\[\\^([^\\]\\[]++)]:\\s*+(.*+)$", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile(" ?\\[\\^([^\\]\\[]++)]");
    private static final int INDENT = 4;

    private final Pattern definitions;
    private final Set<String> footnotes = new HashSet<>();

    private Definitions(Pattern definitions) {
        this.definitions = definitions;
    }

    static Definitions ofPythonMarkdown() {
        return new Definitions(ANY);
    }

    /// Of GitHub, which has footnotes alone.
    static Definitions ofGitHub() {
        return new Definitions(FOOTNOTE);
    }

    /// What a definition has below its first line, down to a line that is indented less.
    ///
    /// @param indent how far its lines are indented at least
    /// @param surplus how much of that goes
    private record Body(int indent, int surplus) {}

    /// The lines of a page with what it defines as paragraphs of its text.
    List<String> paragraphs(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        Fence fence = new Fence();
        Deque<Body> bodies = new ArrayDeque<>(); // the innermost first
        boolean afterBlank = true;
        boolean afterText = false;
        for (String raw : lines) {
            int leading = raw.length() - raw.stripLeading().length();
            if (afterBlank && !raw.isBlank()) {
                leave(bodies, leading);
            }
            int surplus = surplus(bodies, leading);
            String line = raw.substring(surplus);
            Matcher definition = definitions.matcher(line);
            if (!fence.covers(line) && definition.matches() && (afterText || definition.group(2) != null)) {
                Optional.ofNullable(definition.group(2)).ifPresent(footnotes::add);
                leave(bodies, leading);
                bodies.push(new Body(leading + INDENT, surplus + INDENT));
                out.add("");
                line = definition.group(1) + definition.group(3);
            }
            out.add(line);
            afterBlank = raw.isBlank();
            afterText |= !afterBlank;
        }
        return out;
    }

    private static void leave(Deque<Body> bodies, int leading) {
        while (!bodies.isEmpty() && bodies.getFirst().indent() > leading) {
            bodies.removeFirst();
        }
    }

    private static int surplus(Deque<Body> bodies, int leading) {
        return bodies.stream()
                .filter(body -> body.indent() <= leading)
                .findFirst()
                .map(Body::surplus)
                .orElse(0);
    }

    /// The text without what refers to a footnote of the page.
    String withoutReferences(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference ->
                        footnotes.contains(reference.group(1)) ? "" : Matcher.quoteReplacement(reference.group()));
    }
}
