package dev.lectern.book;

import java.util.ArrayList;
import java.util.List;

/// Embeds passages a few at a time.
final class Passages {

    /// How many texts the embedder gets at once: enough to be quick, few enough to show progress.
    private static final int BATCH = 32;

    private Passages() {}

    /// What the embedding of a passage stands for.
    static String meaning(String chapterTitle, List<String> headings, String text) {
        StringBuilder meaning = new StringBuilder(chapterTitle).append('\n');
        if (!headings.isEmpty()) {
            meaning.append(String.join(" › ", headings)).append('\n');
        }
        return meaning.append(text).toString();
    }

    static List<Embedding> embed(Embedder embedder, List<String> texts, ImportProgress progress) {
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (int start = 0; start < texts.size(); start += BATCH) {
            progress.reached(ImportProgress.Stage.EMBEDDING, start, texts.size());
            embeddings.addAll(embedder.embed(texts.subList(start, Math.min(texts.size(), start + BATCH))));
        }
        progress.reached(ImportProgress.Stage.EMBEDDING, texts.size(), texts.size());
        return embeddings;
    }

    /// The same book with embeddings of this embedder's model where a passage has one of another.
    ///
    /// @param models of the passages' embeddings, in the same order
    static Book modernised(Book book, List<String> models, Embedder embedder) {
        List<Integer> old = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            if (!models.get(i).equals(embedder.model())) {
                old.add(i);
            }
        }
        if (old.isEmpty()) {
            return book;
        }
        List<Passage> passages = new ArrayList<>(book.passages());
        List<String> texts =
                old.stream().map(passages::get).map(Passages::meaning).toList();
        List<Embedding> embeddings = embed(embedder, texts, ImportProgress.NONE);
        for (int i = 0; i < old.size(); i++) {
            passages.set(old.get(i), with(passages.get(old.get(i)), embeddings.get(i)));
        }
        return new Book(book.slug(), book.title(), book.baseUrl(), book.version(), book.chapters(), passages);
    }

    private static String meaning(Passage passage) {
        return meaning(passage.chapterTitle(), passage.headings(), passage.text());
    }

    private static Passage with(Passage passage, Embedding embedding) {
        return new Passage(
                passage.id(),
                passage.book(),
                passage.chapter(),
                passage.chapterTitle(),
                passage.headings(),
                passage.url(),
                passage.anchor(),
                passage.text(),
                embedding);
    }
}
