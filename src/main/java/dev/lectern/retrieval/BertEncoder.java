package dev.lectern.retrieval;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lectern.book.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One BERT model in the memory of the process: a text becomes a unit vector, on the calling thread alone.
final class BertEncoder implements AutoCloseable {

    /// How a text's vector is made of those of its pieces.
    enum Pooling {
        /// The first piece stands for the text.
        FIRST,
        /// The average of all.
        MEAN
    }

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieceTokenizer tokenizer;
    private final Pooling pooling;

    private BertEncoder(OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer, Pooling pooling) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.pooling = pooling;
    }

    /// Loads a model and its `tokenizer.json` from the class path.
    ///
    /// @param cache where the model is kept unpacked, as unpacking it is half of what loading takes; null to unpack
    ///     it each time
    static BertEncoder load(String model, String tokenizer, Pooling pooling, @Nullable Path cache) {
        try (InputStream vocabulary = resource(tokenizer).openStream();
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            // Texts are embedded side by side, each on one thread: less waiting and less memory than threads in a text.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Without the arena each layer's memory is given back and asked for again: slower, and more resident.
            options.setCPUArenaAllocator(true);
            options.setMemoryPatternOptimization(false);
            OrtSession session = session(environment, options, resource(model), cache);
            return new BertEncoder(environment, session, WordPieceTokenizer.read(vocabulary), pooling);
        } catch (IOException | OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded", e);
        }
    }

    private static OrtSession session(
            OrtEnvironment environment, OrtSession.SessionOptions options, URL model, @Nullable Path cache)
            throws IOException, OrtException {
        Optional<Path> unpacked = cache == null ? Optional.empty() : UnpackedFile.of(model, cache);
        if (unpacked.isPresent()) {
            return environment.createSession(unpacked.get().toString(), options);
        }
        try (InputStream weights = model.openStream()) {
            return environment.createSession(weights.readAllBytes(), options);
        }
    }

    private static URL resource(String name) throws IOException {
        URL resource = BertEncoder.class.getResource("/" + name);
        if (resource == null) {
            throw new IOException("Not on the class path: " + name);
        }
        return resource;
    }

    /// Whether a text has at most `limit` pieces.
    boolean fits(String text, int limit) {
        return tokenizer.encode(text, limit + 1).length <= limit;
    }

    /// The vector of a text, of which at most `limit` pieces count.
    Embedding encode(String text, int limit) {
        long[] ids = tokenizer.encode(text, limit);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (OnnxTensor pieces = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape)) {
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            inputs.put("input_ids", pieces);
            inputs.put("attention_mask", mask);
            if (session.getInputNames().contains("token_type_ids")) {
                inputs.put("token_type_ids", types);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return pool((OnnxTensor) result.get(0), ids.length);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model failed", e);
        }
    }

    private Embedding pool(OnnxTensor output, int length) {
        int dimensions = (int) output.getInfo().getShape()[2];
        FloatBuffer values = output.getFloatBuffer();
        float[] vector = new float[dimensions];
        int rows = pooling == Pooling.FIRST ? 1 : length;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < dimensions; i++) {
                vector[i] += values.get(row * dimensions + i);
            }
        }
        return Vectors.unit(vector);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be closed", e);
        }
    }
}
