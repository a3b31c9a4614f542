package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What [abbreviations](https://python-markdown.github.io/extensions/abbreviations/) stand for, such as
/// `*[HTML]: Hyper Text Markup Language`: a paragraph where it is defined, if the page has the abbreviation.
///
/// Sites define all that they use in one place, which every page includes.
final class Abbreviations {

    private static final Pattern DEFINITION = Pattern.compile("^(\\s*+)\\*\\[([^\\]\\[]++)] ?:\\s*+(.*+)$");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

    private Abbreviations() {}

    static List<String> paragraphs(List<String> lines) {
        List<Optional<MatchResult>> definitions = definitions(lines);
        Set<String> words = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (definitions.get(i).isEmpty()) {
                words.addAll(wordsOf(lines.get(i)));
            }
        }
        List<String> out = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            MatchResult definition = definitions.get(i).orElse(null);
            if (definition == null) {
                out.add(lines.get(i));
            } else if (words.containsAll(wordsOf(definition.group(2)))) {
                out.add("");
                out.add(definition.group(1) + definition.group(2) + ": " + definition.group(3));
                out.add("");
            }
        }
        return out;
    }

    private static List<Optional<MatchResult>> definitions(List<String> lines) {
        Fence fence = new Fence();
        List<Optional<MatchResult>> definitions = new ArrayList<>(lines.size());
        for (String line : lines) {
            Matcher definition = DEFINITION.matcher(line);
            boolean defines = !fence.covers(line) && definition.matches();
            definitions.add(defines ? Optional.of(definition) : Optional.empty());
        }
        return definitions;
    }

    private static Set<String> wordsOf(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
