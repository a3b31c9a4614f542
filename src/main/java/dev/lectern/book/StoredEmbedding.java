package dev.lectern.book;

import java.nio.ByteBuffer;

/// An embedding as it is stored: four bytes a number, big-endian.
final class StoredEmbedding {

    private StoredEmbedding() {}

    static byte[] bytes(Embedding embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.vector().length * Float.BYTES);
        bytes.asFloatBuffer().put(embedding.vector());
        return bytes.array();
    }

    static Embedding of(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return new Embedding(vector);
    }
}
