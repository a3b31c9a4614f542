package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands above an excerpt.
///
/// @param text the heading right above it, without its number
/// @param terms the terms of that
/// @param outer the terms of the headings above that one
record Heading(String text, Set<String> terms, Set<String> outer) {

    private static final Pattern EXERCISES = Pattern.compile(
            "(?i)(?:[\\p{L}-]+ )?(?:exercises?|assignments?|quiz(?:zes)?|homework|review questions|test yourself"
                    + "|check your understanding|short answers)");

    static Heading of(Source source, Abbreviations abbreviations) {
        String[] headings = source.heading().split("\\s+[>›]\\s+", -1);
        String nearest = headings[headings.length - 1]
                .strip()
                .replaceFirst("^\\d+(?:\\.\\d+)*[.)]?\\s+", "")
                .replaceFirst(":$", "");
        return new Heading(
                nearest,
                abbreviations.expand(Terms.content(nearest)),
                abbreviations.expand(Terms.content(source.heading())));
    }

    /// A heading within the passage, below this one.
    Heading below(String line, Abbreviations abbreviations) {
        Set<String> above = new HashSet<>(outer);
        above.addAll(terms);
        return new Heading(line, abbreviations.expand(Terms.content(line)), Set.copyOf(above));
    }

    /// Whether what stands below sets the reader tasks, or tells their results: it answers no other question.
    boolean isOfExercises() {
        return EXERCISES.matcher(text).matches();
    }
}
