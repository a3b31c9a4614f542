package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import java.util.Set;

/// The headings above a passage, as terms.
///
/// @param nearest the terms of the heading right above it
/// @param all the terms of all of them
record Headings(Set<String> nearest, Set<String> all) {

    static Headings of(Source source, Abbreviations abbreviations) {
        return new Headings(
                abbreviations.expand(Terms.content(nearest(source))),
                abbreviations.expand(Terms.content(source.heading())));
    }

    /// The heading right above a passage, without its number.
    static String nearest(Source source) {
        String[] headings = source.heading().split("\\s+[>›»/|]\\s+", -1);
        return headings[headings.length - 1]
                .strip()
                .replaceFirst("^\\d+(?:\\.\\d+)*[.)]?\\s+", "")
                .replaceFirst(":$", "");
    }
}
