package dev.lectern.retrieval;

import dev.lectern.book.manuscript.Sentences;
import dev.lectern.retrieval.AnalyzedPassages.Analyzed;
import dev.lectern.retrieval.BookAnalyzer.Occurrence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// Cuts the stretch out of a passage that has the most of a reader's words.
final class Snippet {

    static final int LENGTH = 240;
    static final String CUT = "…";

    private Snippet() {}

    /// At most [#LENGTH] characters, from the start of a sentence where it can be.
    ///
    /// @param weight what a term counts
    static String of(Analyzed passage, ToDoubleFunction<String> weight) {
        String line = passage.line();
        if (line.length() <= LENGTH) {
            return line;
        }
        List<Occurrence> hits = passage.occurrences().stream()
                .filter(o -> weight.applyAsDouble(o.term()) > 0)
                .toList();
        SortedSet<Integer> starts = starts(line, hits);
        int best = 0;
        double bestWeight = 0;
        for (int start : starts) {
            double found = weightFrom(start, hits, weight);
            if (found > 0 && found >= bestWeight) { // of equals the last: it has the least before the first word
                best = start;
                bestWeight = found;
            }
        }
        return cut(line, best, starts);
    }

    /// Where a snippet may begin: at a sentence, or, in one that is too long, at a word that is looked for.
    private static SortedSet<Integer> starts(String line, List<Occurrence> hits) {
        SortedSet<Integer> starts = new TreeSet<>();
        int start = 0;
        for (String sentence : Sentences.of(line)) {
            int end = start + sentence.length();
            starts.add(start);
            if (end - start > LENGTH) {
                for (Occurrence hit : hits) {
                    if (hit.start() > start && hit.end() <= end) {
                        starts.add(hit.start());
                    }
                }
            }
            start = end;
        }
        return starts;
    }

    private static double weightFrom(int start, List<Occurrence> hits, ToDoubleFunction<String> weight) {
        Set<String> seen = new HashSet<>();
        double sum = 0;
        for (Occurrence hit : hits) {
            if (hit.start() >= start && hit.end() <= start + LENGTH - 2 * CUT.length() && seen.add(hit.term())) {
                sum += weight.applyAsDouble(hit.term());
            }
        }
        return sum;
    }

    private static String cut(String line, int wanted, SortedSet<Integer> starts) {
        int start = starts.stream()
                .filter(each -> each < wanted && line.length() - each <= LENGTH - CUT.length())
                .findFirst()
                .orElse(wanted); // near the end there is room for what went before
        boolean middle = start > 0 && !endsSentence(line, start);
        String lead = middle ? CUT : "";
        int room = LENGTH - lead.length();
        if (line.length() - start <= room) {
            return lead + line.substring(start);
        }
        int end = line.lastIndexOf(' ', start + room - CUT.length());
        if (end <= start) {
            end = start + room - CUT.length();
        }
        return lead + line.substring(start, end).strip() + CUT;
    }

    /// A text in one line.
    static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static boolean endsSentence(String line, int start) {
        return line.charAt(start - 1) == ' ' && start > 1 && ".!?:".indexOf(line.charAt(start - 2)) >= 0;
    }
}
