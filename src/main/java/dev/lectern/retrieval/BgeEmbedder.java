package dev.lectern.retrieval;

import dev.lectern.book.Embedder;
import dev.lectern.book.Embedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Embeds with [BGE-small-en-v1.5](https://huggingface.co/BAAI/bge-small-en-v1.5), quantized, in the process.
///
/// Making one costs nothing: the model is loaded by [#load()] or by the first text, and takes half a second.
public final class BgeEmbedder implements Embedder, QueryEmbedder, AutoCloseable {

    /// What the model wants before a query that looks for passages; passages go without.
    private static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

    /// Of a longer text the rest is cut off. The time of a text is in proportion to its pieces.
    private static final int LIMIT = 112;

    /// Left out of texts above the limit: that lets about 130 words count instead of 85.
    private static final Set<String> FUNCTION_WORDS =
            Set.of(("the of a an and in to is are was were be been for on by with at as it its this that these those "
                            + "which from or has have had")
                    .split(" "));

    private final FutureTask<BertEncoder> encoder;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Semaphore running = new Semaphore(cores, true);

    /// @param cache where native libraries are unpacked, once; a temporary folder at each start where null
    public BgeEmbedder(@Nullable Path cache) {
        this.encoder = new FutureTask<>(() -> {
            if (cache != null) {
                NativeRuntime.unpack(cache);
            }
            return BertEncoder.load(
                    "bge-small-en-v1.5-q.onnx", "bge-small-en-v1.5-q-tokenizer.json", BertEncoder.Pooling.FIRST);
        });
    }

    /// Loads the model if that has not been done yet, and returns when it is there.
    public void load() {
        encoder();
    }

    /// Whether the model is loaded.
    public boolean loaded() {
        return encoder.state() == Future.State.SUCCESS;
    }

    @Override
    public String model() {
        return "bge-small-en-v1.5-q/" + LIMIT;
    }

    @Override
    public Embedding embedQuery(String text) {
        return embed(QUERY_PREFIX + text);
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
        if (texts.size() == 1) {
            return List.of(embed(texts.getFirst()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().name("embed-", 0).factory())) {
            List<Future<Embedding>> pending = new ArrayList<>(texts.size());
            for (String text : texts) {
                pending.add(threads.submit(() -> embed(text)));
            }
            return pending.stream().map(BgeEmbedder::outcome).toList();
        }
    }

    private Embedding embed(String text) {
        BertEncoder model = encoder();
        // One text for each core at a time: a query waits for a passage's end, not for an import's.
        running.acquireUninterruptibly();
        try {
            return model.encode(model.fits(text, LIMIT) ? text : withoutFunctionWords(text), LIMIT);
        } finally {
            running.release();
        }
    }

    private static String withoutFunctionWords(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !FUNCTION_WORDS.contains(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" "));
    }

    private BertEncoder encoder() {
        encoder.run(); // the first call loads; another's has no effect
        return outcome(encoder);
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The embedding model failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while embedding", e);
        }
    }

    /// Frees the model's memory once no text is being embedded.
    @Override
    public void close() {
        if (!encoder.cancel(false) && loaded()) {
            running.acquireUninterruptibly(cores);
            encoder.resultNow().close();
        }
    }
}
