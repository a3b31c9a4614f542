package dev.lectern.answer;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes an answer's text from the model to the audience, on the request's thread. When the audience is gone, the
/// generation is ended, and what was written until then is still taken.
final class Delivery {

    /// How many heartbeats a model has to end when it is told to. Then it is left to itself.
    private static final int FAREWELL = 5;

    private final Generation generation;
    private final Audience audience;
    private final Stopwatch stopwatch;
    private final Limits limits;
    private final Transcript transcript = new Transcript();
    private int farewell;
    private boolean interrupted;

    Delivery(OpenQuestion open, Audience audience, Limits limits) {
        this.generation = open.generation();
        this.audience = audience;
        this.stopwatch = open.stopwatch();
        this.limits = limits;
    }

    private interface Message {
        void to(Audience audience) throws IOException;
    }

    void start(OpenQuestion open) {
        tell(a -> a.started(
                open.opened().conversation(),
                open.opened().questionId(),
                open.opened().answerId()));
    }

    ModelCall.End take(LanguageModel model, Prompt prompt) {
        try (ModelCall call = generation.call(model, prompt, limits.patience())) {
            while (true) {
                switch (next(call)) {
                    case ModelCall.Text(String piece) -> show(transcript.add(piece));
                    case ModelCall.End end -> {
                        show(transcript.end());
                        return end;
                    }
                    case null -> {
                        tell(Audience::waited);
                        if (generation.isEnded() && ++farewell > FAREWELL) {
                            return new ModelCall.Cancelled();
                        }
                    }
                }
                if (stopwatch.elapsed().compareTo(limits.longest()) > 0) {
                    generation.end(Generation.Cause.STOPPED);
                }
            }
        }
    }

    /// What was taken.
    Transcript transcript() {
        return transcript;
    }

    /// Whether the request's thread was interrupted, which ended the generation: the thread is to be interrupted again
    /// when the answer is stored.
    boolean wasInterrupted() {
        return interrupted;
    }

    private ModelCall.@Nullable Event next(ModelCall call) {
        try {
            return call.next(limits.heartbeat());
        } catch (InterruptedException e) {
            interrupted = true;
            generation.end(Generation.Cause.STOPPED);
            return null;
        }
    }

    private void show(String text) {
        if (!text.isEmpty()) {
            stopwatch.text();
            tell(a -> a.wrote(text));
        }
    }

    private void tell(Message message) {
        if (!generation.isDeserted()) {
            try {
                message.to(audience);
            } catch (IOException e) {
                generation.end(Generation.Cause.DESERTED);
            }
        }
    }
}
