package dev.lectern.book.manuscript;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts text at the ends of its sentences, and where a sentence is over-long, between its words.
public final class Sentences {

    /// What ends with a full stop and does not end a sentence.
    private static final Pattern ABBREVIATION = Pattern.compile(
            ".*(?:^|[\\s(\\[\"'])(?:e\\.g|i\\.e|cf|vs|etc|approx|resp|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Figs|Eq|Sec|Ch|pp?|Vol|[A-Z])\\.\\s*$",
            Pattern.DOTALL);

    /// Where the iterator may be right: after a blank, or after a full stop of a language that puts none.
    private static final Pattern BOUNDARY = Pattern.compile(".*[\\s\u3002\uff01\uff1f\uff61]$", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("\\S+\\s*");

    private Sentences() {}

    /// The sentences, each with the blanks after it, so that they join to the text again.
    public static List<String> of(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String sentence = text.substring(start, end);
            String tail = lastPart(sentence);
            // Before an ellipsis the JDK's iterator also breaks between a word and its full stop.
            if (end < text.length()
                    && (!BOUNDARY.matcher(tail).matches()
                            || ABBREVIATION.matcher(tail).matches())) {
                continue;
            }
            sentences.add(sentence);
            start = end;
        }
        if (start < text.length()) {
            sentences.add(text.substring(start));
        }
        return sentences;
    }

    private static String lastPart(String sentence) {
        return sentence.substring(Math.max(0, sentence.length() - 20));
    }

    /// The last sentence of a text, with the blanks after it.
    static String last(String text) {
        String tail = text.substring(Math.max(0, text.length() - 2_000));
        List<String> sentences = of(tail);
        return sentences.isEmpty() ? "" : sentences.getLast().stripLeading();
    }

    /// The text in parts of at most `size` words, cut between words; a word that is larger is cut too.
    static List<String> byWords(String text, int size) {
        int longest = size * Piece.CHARACTERS_PER_WORD;
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int words = 0;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            for (String word : chopped(matcher.group(), longest)) {
                if (words == size || part.length() + word.length() > longest) {
                    addPart(parts, part);
                    words = 0;
                }
                part.append(word);
                words++;
            }
        }
        addPart(parts, part);
        return parts;
    }

    private static void addPart(List<String> parts, StringBuilder part) {
        if (!part.isEmpty()) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }

    private static List<String> chopped(String word, int longest) {
        if (word.length() <= longest) {
            return List.of(word);
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < word.length()) {
            int end = Math.min(word.length(), start + longest);
            // A character of two units stays whole.
            end -= end < word.length() && Character.isLowSurrogate(word.charAt(end)) ? 1 : 0;
            parts.add(word.substring(start, end));
            start = end;
        }
        return parts;
    }
}
