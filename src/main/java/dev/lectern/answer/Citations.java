package dev.lectern.answer;

import dev.lectern.book.Passage;
import dev.lectern.conversation.Citation;
import dev.lectern.retrieval.Hit;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The passages that a text refers to as `[1]` or `[1, 2]`. Only these are listed, with the numbers that the text has;
/// a number that no passage has is nothing.
final class Citations {

    /// In code, brackets mean something else.
    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]*`");

    private static final Pattern REFERENCE = Pattern.compile("\\[(\\d{1,3}(?:\\s*,\\s*\\d{1,3})*)]");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private Citations() {}

    /// @param hits the passage of number 1 first
    static List<Citation> of(String text, List<Hit> hits) {
        return numbers(text).stream()
                .filter(n -> n >= 1 && n <= hits.size())
                .map(n -> citation(n, hits.get(n - 1)))
                .toList();
    }

    private static NavigableSet<Integer> numbers(String text) {
        NavigableSet<Integer> numbers = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(CODE.matcher(text).replaceAll(" "));
        while (reference.find()) {
            COMMA.splitAsStream(reference.group(1)).map(Integer::valueOf).forEach(numbers::add);
        }
        return numbers;
    }

    private static Citation citation(int n, Hit hit) {
        Passage passage = hit.passage();
        return new Citation(
                n,
                passage.id(),
                passage.book(),
                passage.chapter(),
                passage.title(),
                passage.url(),
                passage.anchor(),
                hit.snippet(),
                hit.score());
    }
}
