package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The [footnotes](https://python-markdown.github.io/extensions/footnotes/) of one page: their text becomes paragraphs
/// where they are defined, and what refers to them goes.
final class Footnotes {

    private static final Pattern DEFINITION =
            Pattern.compile("^(\\s*+)\\[\\^([^\\]\\[]++)]:\\s*+(.*+)$", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile(" ?\\[\\^([^\\]\\[]++)]");
    private static final int INDENT = 4;

    private final Set<String> defined = new HashSet<>();

    /// The lines of a page with what it defines as paragraphs of its text.
    List<String> paragraphs(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        Fence fence = new Fence();
        int body = 0; // how far the lines of a definition are indented; 0 outside of one
        int surplus = 0; // how much of that goes
        boolean afterBlank = true;
        for (String raw : lines) {
            int leading = raw.length() - raw.stripLeading().length();
            if (body > 0 && afterBlank && !raw.isBlank() && leading < body) {
                body = 0;
            }
            String line = body > 0 && leading >= body ? raw.substring(surplus) : raw;
            Matcher definition = DEFINITION.matcher(line);
            if (!fence.covers(line) && definition.matches()) {
                defined.add(definition.group(2));
                body = leading + INDENT;
                surplus = body - definition.group(1).length();
                out.add("");
                line = definition.group(1) + definition.group(3);
            }
            out.add(line);
            afterBlank = raw.isBlank();
        }
        return out;
    }

    /// The text without what refers to a footnote of the page.
    String withoutReferences(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference ->
                        defined.contains(reference.group(1)) ? "" : Matcher.quoteReplacement(reference.group()));
    }
}
