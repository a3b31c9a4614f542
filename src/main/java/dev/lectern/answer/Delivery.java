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
    private @Nullable StringBuilder held;
    private boolean started;
    private boolean refused;
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

    /// Tells the audience the ids, once.
    void start(OpenQuestion open) {
        if (started) {
            return;
        }
        started = true;
        tell(a -> a.started(
                open.opened().conversation(),
                open.opened().questionId(),
                open.opened().answerId()));
    }

    /// @param again whether a refusal is not to be shown, as the question will be put again
    ModelCall.End take(LanguageModel model, Prompt prompt, boolean again) {
        held = again ? new StringBuilder() : null;
        refused = false;
        try (ModelCall call = generation.call(model, prompt, limits.patience())) {
            while (true) {
                switch (next(call)) {
                    case ModelCall.Text(String piece) -> pass(piece);
                    case ModelCall.End end -> {
                        end(end);
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

    /// Whether the model refused, and nobody was told.
    boolean wasRefused() {
        return refused;
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

    /// Shows a piece, or holds it for as long as the text may become a refusal that is not to be shown.
    private void pass(String piece) {
        if (held == null) {
            show(transcript.add(piece));
        } else if (!LanguageModel.NO_ANSWER.startsWith(
                held.append(piece).toString().strip())) {
            release();
        }
    }

    private void end(ModelCall.End end) {
        refused = held != null
                && held.toString().strip().equals(LanguageModel.NO_ANSWER)
                && end instanceof ModelCall.Whole
                && !generation.isEnded();
        if (held != null && !refused && !(end instanceof ModelCall.Failed)) {
            release();
        }
        show(transcript.end());
    }

    private void release() {
        String text = String.valueOf(held);
        held = null;
        show(transcript.add(text));
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
