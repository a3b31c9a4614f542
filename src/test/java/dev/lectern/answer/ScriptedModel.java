package dev.lectern.answer;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A language model that does what a test says.
final class ScriptedModel implements LanguageModel {

    private final String name;
    private final Script script;
    final List<Prompt> prompts = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    /// What the model does when it is called.
    interface Script {
        Reply write(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException;
    }

    ScriptedModel(String name, Script script) {
        this.name = name;
        this.script = script;
    }

    static ScriptedModel writing(String... pieces) {
        return new ScriptedModel("scripted", (_, text) -> {
            List.of(pieces).forEach(text);
            return new Reply(true);
        });
    }

    /// Writes the pieces, and then nothing until it is interrupted.
    static ScriptedModel hangingAfter(String... pieces) {
        return new ScriptedModel("scripted", (_, text) -> {
            List.of(pieces).forEach(text);
            new CountDownLatch(1).await();
            return new Reply(true);
        });
    }

    static ScriptedModel failingAfter(String... pieces) {
        return new ScriptedModel("scripted", (_, text) -> {
            List.of(pieces).forEach(text);
            throw new LanguageModelException(
                    LanguageModelException.Reason.TIMEOUT, "It took too long", new IllegalStateException());
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException {
        prompts.add(prompt);
        called.countDown();
        try {
            return script.write(prompt, text);
        } finally {
            left.countDown();
        }
    }

    boolean wasLeft() throws InterruptedException {
        return left.await(10, TimeUnit.SECONDS);
    }

    void awaitCall() throws InterruptedException {
        called.await(10, TimeUnit.SECONDS);
    }

    /// Waits as a model does that has never heard of interrupts.
    static void awaitDeaf(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // It goes on waiting.
            }
        }
    }
}
