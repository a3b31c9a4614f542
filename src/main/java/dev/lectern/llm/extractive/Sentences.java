package dev.lectern.llm.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a paragraph apart at the ends of its sentences.
final class Sentences {

    /// An end: its mark, what closes after it, white space, and something that a sentence can begin with.
    private static final Pattern END = Pattern.compile("""
            (?x)[.!?…]["'”’)\\]`*_]*\\s+(?=["'“‘(\\[`*_]*[\\p{Lu}\\p{N}])
            """);

    /// What ends with a full stop and ends no sentence.
    private static final Pattern ABBREVIATION = Pattern.compile("""
            (?xi)(?:^|[\\s(\\[])
            (?:e\\.g|i\\.e|etc|vs|cf|al|figs?|eqs?|no|nos|vol|pp?|ch|sec|approx|ca|dr|mr|mrs|ms|prof|st|inc|ltd|\\p{L})
            \\.$
            """);

    private Sentences() {}

    static List<String> of(String paragraph) {
        List<String> sentences = new ArrayList<>();
        var end = END.matcher(paragraph);
        int from = 0;
        while (end.find()) {
            String sentence = paragraph.substring(from, end.end()).strip();
            if (!ABBREVIATION.matcher(sentence).find()) {
                sentences.add(sentence);
                from = end.end();
            }
        }
        String rest = paragraph.substring(from).strip();
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
        return sentences;
    }
}
