package dev.lectern.answer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.lectern.limits.Spender;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A call of a language model, on a virtual thread of its own. Its text is taken piece by piece by one other thread;
/// the model gets [#AHEAD] pieces ahead of it and then waits, so that a slow reader costs no memory.
final class ModelCall implements AutoCloseable {

    static final int AHEAD = 16;

    private final LanguageModel model;
    private final Prompt prompt;
    private final Duration patience;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(AHEAD);
    private final Thread thread;
    private volatile boolean cancelled;

    /// What comes from the model.
    sealed interface Event {}

    /// A piece of the answer.
    record Text(String text) implements Event {}

    /// The last of all events.
    sealed interface End extends Event {}

    /// The answer is whole.
    record Whole(Reply reply) implements End {}

    /// The call was cancelled, or the taker of the text had stalled.
    record Cancelled() implements End {}

    /// The model could not go on.
    record Failed(LanguageModelException cause) implements End {}

    private ModelCall(LanguageModel model, Prompt prompt, Duration patience) {
        this.model = model;
        this.prompt = prompt;
        this.patience = patience;
        thread = Thread.ofVirtual()
                .name("language-model")
                .unstarted(LogContext.current().around(Spender.current().around(this::run)));
    }

    /// @param patience how long the model waits for a taker that has stalled before the call is cancelled
    static ModelCall start(LanguageModel model, Prompt prompt, Duration patience) {
        ModelCall call = new ModelCall(model, prompt, patience);
        call.thread.start();
        return call;
    }

    /// The next event, or null where none comes in this time. Pieces that are there already come as one.
    @Nullable
    Event next(Duration wait) throws InterruptedException {
        Event event = events.poll(wait.toNanos(), NANOSECONDS);
        if (!(event instanceof Text(String first))) {
            return event;
        }
        StringBuilder pieces = new StringBuilder(first);
        int count = 1;
        while (events.peek() instanceof Text(String more)) {
            events.remove();
            pieces.append(more);
            count++;
        }
        room.release(count);
        return new Text(pieces.toString());
    }

    /// Ends the call soon: what was written before still comes, and then an [End].
    void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    /// Cancels a call that has not ended.
    @Override
    public void close() {
        if (thread.isAlive()) {
            cancel();
        }
    }

    private void run() {
        End end = null;
        try {
            end = generate();
        } finally {
            events.add(end == null ? failed(new IllegalStateException("The model's thread died")) : end);
        }
    }

    private End generate() {
        try {
            Reply reply = model.generate(prompt, this::accept);
            return cancelled ? new Cancelled() : new Whole(reply);
        } catch (InterruptedException e) {
            return new Cancelled();
        } catch (LanguageModelException e) {
            return cancelled ? new Cancelled() : new Failed(e);
        } catch (RuntimeException e) {
            return cancelled ? new Cancelled() : failed(e);
        }
    }

    private void accept(String text) {
        try {
            if (cancelled || !room.tryAcquire(patience.toNanos(), NANOSECONDS)) {
                cancelled = true;
                throw new CancellationException("Nobody takes the text any more");
            }
        } catch (InterruptedException e) {
            cancelled = true;
            Thread.currentThread().interrupt();
            throw new CancellationException("The call was cancelled");
        }
        events.add(new Text(text));
    }

    private static Failed failed(RuntimeException cause) {
        return new Failed(new LanguageModelException(
                LanguageModelException.Reason.UNAVAILABLE, "The model failed in an unknown way", cause));
    }
}
