package dev.lectern.retrieval;

import dev.lectern.book.Embedder;
import dev.lectern.book.Embedding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Embeds with [BGE-small-en-v1.5](https://huggingface.co/BAAI/bge-small-en-v1.5), quantized, in the process.
///
/// Making one costs nothing: the model is loaded by [#load()] or by the first text, and takes half a second.
public final class BgeEmbedder implements Embedder, QueryEmbedder, AutoCloseable {

    /// How many texts are embedded at the same time.
    static final int CORES = Runtime.getRuntime().availableProcessors();

    /// What the model wants before a query that looks for passages; passages go without.
    private static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

    /// Of a longer text the rest is cut off. The time of a text is in proportion to its pieces.
    private static final int LIMIT = 112;

    /// For how long a query waits for the model, or for others' texts, before it goes on without a vector.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Left out of texts above the limit: that lets about 130 words count instead of 85.
    private static final Set<String> FUNCTION_WORDS =
            Set.of(("the of a an and in to is are was were be been for on by with at as it its this that these those "
                            + "which from or has have had")
                    .split(" "));

    private final LoadedOnce<BertEncoder> encoder;
    private final Duration patience;
    private final Semaphore running = new Semaphore(CORES, true);

    /// @param cache where native libraries and the model are kept unpacked; where null, they are unpacked each time
    public BgeEmbedder(@Nullable Path cache) {
        this(() -> read(cache), System::nanoTime, PATIENCE);
    }

    BgeEmbedder(Callable<BertEncoder> loader, LongSupplier nanoTime, Duration patience) {
        this.encoder = new LoadedOnce<>(loader, nanoTime);
        this.patience = patience;
    }

    static BertEncoder read(@Nullable Path cache) throws Exception {
        if (cache != null) {
            NativeRuntime.unpack(cache);
        }
        return BertEncoder.load(
                "bge-small-en-v1.5-q.onnx", "bge-small-en-v1.5-q-tokenizer.json", BertEncoder.Pooling.FIRST, cache);
    }

    /// Loads the model if that has not been done yet, and returns when it is there.
    ///
    /// @throws IllegalStateException where it cannot be loaded; a later call tries again
    public void load() {
        try {
            encoder.get();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /// Why the model is missing; empty where it is there, or nobody has asked for it yet.
    Optional<Exception> failure() {
        return encoder.failure();
    }

    @Override
    public String model() {
        return "bge-small-en-v1.5-q/" + LIMIT;
    }

    @Override
    public Optional<Embedding> embedQuery(String text) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            Optional<BertEncoder> model = encoder.within(patience);
            if (model.isEmpty() || !running.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            return Optional.of(encodeAndRelease(model.get(), QUERY_PREFIX + text));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
        if (texts.size() == 1) {
            return List.of(embed(texts.getFirst()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                CORES, Thread.ofPlatform().name("embed-", 0).factory())) {
            List<Future<Embedding>> pending = new ArrayList<>(texts.size());
            for (String text : texts) {
                pending.add(threads.submit(() -> embed(text)));
            }
            return pending.stream().map(BgeEmbedder::outcome).toList();
        }
    }

    private Embedding embed(String text) {
        try {
            BertEncoder model = encoder.get();
            // One text for each core at a time: a query waits for a passage's end, not for an import's.
            running.acquire();
            return encodeAndRelease(model, text);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Embedding encodeAndRelease(BertEncoder model, String text) {
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

    private static Embedding outcome(Future<Embedding> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The embedding model failed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while a text was waiting to be embedded");
    }

    /// Frees the model's memory once no text is being embedded; nothing is embedded from then on.
    @Override
    public void close() {
        encoder.close().ifPresent(model -> {
            running.acquireUninterruptibly(CORES);
            model.close();
        });
    }
}
