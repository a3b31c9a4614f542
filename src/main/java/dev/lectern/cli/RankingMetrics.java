package dev.lectern.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How good a ranking is, 0 to 1, after the grades of the documents that were judged relevant.
final class RankingMetrics {

    private RankingMetrics() {}

    /// Normalized discounted cumulative gain over the first `depth`. The gain is the grade itself, as trec_eval and
    /// BEIR have it (not 2^grade − 1), and the discount log2(rank + 1).
    static double ndcg(List<String> ranking, Map<String, Integer> grades, int depth) {
        List<Integer> ideal =
                grades.values().stream().sorted(Comparator.reverseOrder()).toList();
        List<Integer> found = ranking.stream()
                .limit(depth)
                .map(document -> grades.getOrDefault(document, 0))
                .toList();
        double best = gain(ideal, depth);
        return best == 0 ? 0 : gain(found, depth) / best;
    }

    private static double gain(List<Integer> grades, int depth) {
        double sum = 0;
        for (int i = 0; i < Math.min(depth, grades.size()); i++) {
            sum += grades.get(i) * Math.log(2) / Math.log(i + 2);
        }
        return sum;
    }

    /// Which share of what is relevant is among the first `depth`.
    static double recall(List<String> ranking, Map<String, Integer> grades, int depth) {
        return grades.isEmpty() ? 0 : (double) relevant(ranking, grades, depth) / grades.size();
    }

    /// The same, but of no more than could be there: 1 where the first `depth` are all relevant.
    static double cappedRecall(List<String> ranking, Map<String, Integer> grades, int depth) {
        return grades.isEmpty() ? 0 : (double) relevant(ranking, grades, depth) / Math.min(depth, grades.size());
    }

    /// One through the rank of the first relevant document; 0 where it is below `depth`.
    static double reciprocalRank(List<String> ranking, Map<String, Integer> grades, int depth) {
        for (int i = 0; i < Math.min(depth, ranking.size()); i++) {
            if (grades.containsKey(ranking.get(i))) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static long relevant(List<String> ranking, Map<String, Integer> grades, int depth) {
        return ranking.stream().limit(depth).filter(grades::containsKey).count();
    }
}
