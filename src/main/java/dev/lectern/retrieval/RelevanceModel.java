package dev.lectern.retrieval;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds the words that the best passages have in common to a reader's words, who may not know the book's own: the
/// relevance model RM3 ([Abdul-Jaleel et al., 2004](https://ciir-publications.cs.umass.edu/pub/web/getpdf.php?id=525)).
final class RelevanceModel {

    /// How many passages are asked for their words, at most.
    private static final int PASSAGES = 8;

    /// A small book has few passages that speak of one thing: at most one in so many.
    private static final int SHARE = 10;

    private static final int TERMS = 25;
    private static final double OWN_WEIGHT = 0.6;

    /// The terms of a passage that was found, and how well the passage fits.
    record Found(Map<String, Double> terms, double score) {}

    private RelevanceModel() {}

    /// How many passages to ask, of so many.
    static int passages(int all) {
        return Math.clamp(all / SHARE, 1, PASSAGES);
    }

    /// The reader's terms and those of what was found; weights add up to 1 again.
    static Map<String, Double> expand(Map<String, Double> own, List<Found> found) {
        Map<String, Double> common = new HashMap<>();
        for (Found passage : found) {
            passage.terms().forEach((term, share) -> common.merge(term, share * passage.score(), Double::sum));
        }
        List<Map.Entry<String, Double>> best = common.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TERMS)
                .toList();
        double sum = best.stream().mapToDouble(Map.Entry::getValue).sum();
        if (sum == 0) {
            return own;
        }
        Map<String, Double> expanded = new LinkedHashMap<>();
        own.forEach((term, weight) -> expanded.put(term, OWN_WEIGHT * weight));
        best.forEach(term -> expanded.merge(term.getKey(), (1 - OWN_WEIGHT) * term.getValue() / sum, Double::sum));
        return expanded;
    }
}
