package dev.lectern.health;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A language model, and how the call of it that ended last has ended.
public final class WatchedModel implements LanguageModel {

    private final LanguageModel model;
    private volatile LanguageModelException.@Nullable Reason failure;

    public WatchedModel(LanguageModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException {
        try {
            Reply reply = model.generate(prompt, text);
            failure = null;
            return reply;
        } catch (LanguageModelException e) {
            switch (e.reason()) {
                case SHARE_SPENT -> {} // it was not called, and says nothing of what others get
                case REFUSED -> failure = null; // of a request that it refuses the model is not ill
                default -> failure = e.reason();
            }
            throw e;
        }
    }

    /// Why the last call failed; empty where it did not.
    Optional<LanguageModelException.Reason> failure() {
        return Optional.ofNullable(failure);
    }
}
