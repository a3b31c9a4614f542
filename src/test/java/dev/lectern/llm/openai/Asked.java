package dev.lectern.llm.openai;

import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.Reply;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A question about zorblatts that a thread of its own waits for.
record Asked(Thread thread, CompletableFuture<Reply> reply) {

    static final Prompt PROMPT = new Prompt(
            "What is a zorblatt?",
            null,
            List.of(),
            List.of(
                    new Source(1, "Animals > Zorblatts", "A zorblatt is a small furry animal.", 0.8),
                    new Source(2, "Animals > Food", "Zorblatts eat moss.", 0.7)));

    static Asked of(OpenAiModel model, BlockingQueue<String> pieces) {
        var reply = new CompletableFuture<Reply>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                reply.complete(model.generate(PROMPT, pieces::add));
            } catch (LanguageModelException | InterruptedException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return new Asked(thread, reply);
    }

    /// What it failed with, within ten seconds.
    Throwable failure() throws Exception {
        try {
            return new AssertionError("answered: " + reply.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    /// What a question that fails fails with, on the calling thread.
    static LanguageModelException failure(OpenAiModel model) throws InterruptedException {
        Reply answered;
        try {
            answered = model.generate(PROMPT, piece -> {});
        } catch (LanguageModelException e) {
            return e;
        }
        throw new AssertionError("answered: " + answered);
    }
}
