package dev.lectern.retrieval;

/// Brings BM25 scores and cosines, which have no scale in common, together.
///
/// A convex combination of normalized scores keeps the distances between passages, which reciprocal ranks throw away
/// ([Bruch et al., 2023](https://arxiv.org/abs/2210.11934)).
final class Fusion {

    /// What the cosine counts; words count the rest. From 0.5 to 0.7 it makes little difference.
    private static final double DENSE_WEIGHT = 0.6;

    private Fusion() {}

    /// One score from 0 to 1 for each passage.
    static double[] fuse(double[] lexical, double[] dense) {
        double best = max(lexical);
        double near = max(dense);
        double far = min(dense);
        double[] fused = new double[dense.length];
        for (int i = 0; i < fused.length; i++) {
            double words = best > 0 ? lexical[i] / best : 0;
            // Where meaning tells no passage from another, words alone decide.
            fused[i] = near > far ? DENSE_WEIGHT * (dense[i] - far) / (near - far) + (1 - DENSE_WEIGHT) * words : words;
        }
        return fused;
    }

    static double max(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }

    private static double min(double[] scores) {
        double min = Double.POSITIVE_INFINITY;
        for (double score : scores) {
            min = Math.min(min, score);
        }
        return min;
    }
}
