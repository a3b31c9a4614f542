package dev.lectern.retrieval;

import dev.lectern.book.Embedding;

/// Sums of vectors.
final class Vectors {

    private Vectors() {}

    /// The unit vector of the same direction; the vector itself where it has no length.
    static Embedding unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (length == 0) {
            return new Embedding(vector);
        }
        float[] scaled = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            scaled[i] = (float) (vector[i] / length);
        }
        return new Embedding(scaled);
    }

    /// Adds `weight` times the other vector to a sum.
    static void add(float[] sum, Embedding other, double weight) {
        float[] vector = other.vector();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) (weight * vector[i]);
        }
    }
}
