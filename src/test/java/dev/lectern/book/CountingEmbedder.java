package dev.lectern.book;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An embedder whose vectors depend on the text alone, and which remembers what it was asked.
public final class CountingEmbedder implements Embedder {

    private final String model;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Runnable whileEmbedding = () -> {};

    public CountingEmbedder(String model) {
        this.model = model;
    }

    public CountingEmbedder() {
        this("counting-1");
    }

    /// All texts, in the order in which they were asked for.
    public List<String> asked() {
        return asked;
    }

    /// Runs this in each call, while the importer waits.
    public void meanwhile(Runnable work) {
        whileEmbedding = work;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
        whileEmbedding.run();
        asked.addAll(texts);
        List<Embedding> embeddings = new ArrayList<>();
        for (String text : texts) {
            double angle = (model + text).hashCode();
            embeddings.add(new Embedding(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}));
        }
        return embeddings;
    }
}
