package dev.lectern.answer;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Question;
import dev.lectern.limits.AnswerShare;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One answer in the making, which any thread may end. One thread, the request's, writes it.
final class Generation {

    private final Question question;
    private final AnswerShare share;
    private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
    private volatile @Nullable ModelCall call;

    /// Why a generation ended before its end.
    enum Cause {
        /// The reader wants no more of it, it took too long, or Lectern shuts down.
        STOPPED,
        /// The reader is gone.
        DESERTED
    }

    Generation(Question question, AnswerShare share) {
        this.question = question;
        this.share = share;
    }

    /// What it takes of what the one who asks may have.
    AnswerShare share() {
        return share;
    }

    /// Ends the model's call soon, and keeps another from starting. Only the first cause counts.
    void end(Cause why) {
        cause.compareAndSet(null, why);
        ModelCall running = call;
        if (running != null) {
            running.cancel();
        }
    }

    boolean isEnded() {
        return cause.get() != null;
    }

    boolean isDeserted() {
        return cause.get() == Cause.DESERTED;
    }

    /// Calls the model, unless the generation was ended: then the call ends at once.
    ModelCall call(LanguageModel model, Prompt prompt, Duration patience) {
        ModelCall started = ModelCall.start(model, prompt, patience);
        call = started;
        if (isEnded()) {
            started.cancel();
        }
        return started;
    }

    /// Done when the answer is stored or given up.
    CompletableFuture<@Nullable Void> finished() {
        return finished;
    }

    boolean belongsTo(ReaderId reader, UUID conversation) {
        return question.reader().equals(reader) && question.conversation().equals(conversation);
    }

    /// Whether a request with the same key asks the same.
    boolean answers(Question other) {
        return question.text().equals(other.text())
                && Objects.equals(question.selectedText(), other.selectedText())
                && Objects.equals(question.pageUrl(), other.pageUrl())
                && Objects.equals(question.book(), other.book())
                && (question.newConversation()
                        || other.newConversation()
                        || question.conversation().equals(other.conversation()));
    }
}
