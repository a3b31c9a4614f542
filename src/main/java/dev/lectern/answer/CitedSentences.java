package dev.lectern.answer;

import dev.lectern.book.manuscript.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a text says with a reference to a passage, as in `[1]` or `[1, 2]`: the sentence that carries the reference,
/// and what a sentence that ends with a colon introduces.
final class CitedSentences {

    /// In code, brackets mean something else.
    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]*`");

    private static final Pattern REFERENCE = Pattern.compile("\\s*\\[(\\d{1,3}(?:\\s*,\\s*\\d{1,3})*)]");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    /// What marks a line as an item, a row or a fence, and is no part of what it says.
    private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*+] |\\d{1,2}[.)] |```.*|\\|[\\s|:-]*$)");

    /// A reference, and where it stood in the text without references.
    private record Reference(int number, int end) {}

    private final StringBuilder plain = new StringBuilder();
    private final List<Reference> references = new ArrayList<>();

    private CitedSentences(String text) {
        String masked =
                CODE.matcher(text).replaceAll(code -> "x".repeat(code.group().length()));
        Matcher reference = REFERENCE.matcher(masked);
        int from = 0;
        while (reference.find()) {
            plain.append(text, from, reference.start());
            from = reference.end();
            COMMA.splitAsStream(reference.group(1))
                    .forEach(number -> references.add(new Reference(Integer.parseInt(number), plain.length())));
        }
        plain.append(text, from, text.length());
    }

    /// The sentences by the numbers that they refer to, in their order.
    static SortedMap<Integer, List<String>> of(String text) {
        CitedSentences cited = new CitedSentences(text);
        SortedMap<Integer, List<String>> sentences = new TreeMap<>();
        for (Reference reference : cited.references) {
            sentences.computeIfAbsent(reference.number, _ -> new ArrayList<>()).addAll(cited.before(reference.end));
        }
        return sentences;
    }

    private List<String> before(int end) {
        int line = plain.lastIndexOf("\n", end - 1) + 1;
        int next = plain.indexOf("\n", end);
        int lineEnd = next < 0 ? plain.length() : next;
        int start = line;
        for (String sentence : Sentences.of(plain.substring(line, lineEnd))) {
            if (start + sentence.length() >= end) {
                List<String> said = new ArrayList<>(List.of(unmarked(sentence)));
                if (sentence.stripTrailing().endsWith(":")) {
                    said.addAll(introduced(lineEnd));
                }
                return said.stream().filter(each -> !each.isBlank()).toList();
            }
            start += sentence.length();
        }
        return List.of();
    }

    /// The lines of the next block.
    private List<String> introduced(int from) {
        return plain.substring(from)
                .strip()
                .lines()
                .takeWhile(line -> !line.isBlank())
                .map(CitedSentences::unmarked)
                .toList();
    }

    private static String unmarked(String line) {
        return MARK.matcher(line).replaceFirst("").strip();
    }
}
