package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The short forms that the passages introduce, such as *degrees of freedom (DOF)*: who asks for one means the other.
///
/// @param longForms the content terms of the long form, by the term of the short one
record Abbreviations(Map<String, Set<String>> longForms) {

    private static final Pattern INTRODUCED = Pattern.compile("\\((\\p{Lu}\\p{L}{1,6})\\)");

    /// No long form is longer than this, in characters.
    private static final int LONGEST = 80;

    static Abbreviations of(List<Source> sources) {
        Map<String, Set<String>> longForms = new HashMap<>();
        for (Source source : sources) {
            String text = source.heading() + "\n" + source.text();
            var introduced = INTRODUCED.matcher(text);
            while (introduced.find()) {
                String shortForm = introduced.group(1).replaceFirst("s$", "");
                String before = text.substring(Math.max(0, introduced.start() - LONGEST), introduced.start());
                String longForm = spelled(before, shortForm);
                if (!longForm.isEmpty()) {
                    Terms.content(shortForm).stream()
                            .findFirst()
                            .ifPresent(term -> longForms.put(term, Set.copyOf(Terms.content(longForm))));
                }
            }
        }
        return new Abbreviations(longForms);
    }

    /// The terms, with the short for the long forms among them and the other way round.
    Set<String> expand(List<String> terms) {
        Set<String> expanded = new HashSet<>(terms);
        longForms.forEach((shortForm, longForm) -> {
            if (terms.contains(shortForm)) {
                expanded.addAll(longForm);
            } else if (expanded.containsAll(longForm)) {
                expanded.add(shortForm);
            }
        });
        return Set.copyOf(expanded);
    }

    /// The last words of a phrase whose initials are the short form's letters; empty where there are none.
    private static String spelled(String phrase, String shortForm) {
        String[] words = phrase.strip().split("[^\\p{L}\\p{N}]+", -1);
        String letters = shortForm.toLowerCase(Locale.ROOT);
        for (int from = words.length - 1; from >= 0; from--) {
            var initials = new StringBuilder();
            for (int i = from; i < words.length; i++) {
                initials.append(
                        words[i].substring(0, Math.min(1, words[i].length())).toLowerCase(Locale.ROOT));
            }
            if (initials.toString().equals(letters)) {
                return String.join(" ", List.of(words).subList(from, words.length));
            }
        }
        return "";
    }
}
