package dev.lectern.book;

import java.util.Arrays;

/// A unit vector that stands for the meaning of a text. The array is not to be written to.
@SuppressWarnings("ArrayRecordComponent") // boxed floats would take five times the memory
public record Embedding(float[] vector) {

    /// The cosine of the angle between two unit vectors.
    public float similarity(Embedding other) {
        float sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * other.vector[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[" + vector.length + "]";
    }
}
