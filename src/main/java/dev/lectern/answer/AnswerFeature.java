package dev.lectern.answer;

import dev.lectern.conversation.Dialogue;
import dev.lectern.limits.AnswerShare;
import dev.lectern.llm.LanguageModel;
import dev.lectern.retrieval.Retriever;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Builds and registers what answers questions. At shutdown, answers in the making get a short time to end by
/// themselves, and are then ended and stored.
public final class AnswerFeature {

    private final Generations generations;
    private final AnswerService answers;
    private final ChatService chats;
    private final Supplier<UUID> ids;
    private final Limits limits;

    /// @param fallback writes the answer where `model` fails before its first word; the answer is marked degraded then
    /// @param bookExists whether there is a book of this slug
    /// @param shares takes the part of an answer, of what the one who asks on the calling thread may have at a time
    /// @param ids of conversations, questions and answers: ascending UUIDv7s
    /// @param listener is told how answers come about
    public AnswerFeature(
            Dialogue dialogue,
            Retriever retriever,
            LanguageModel model,
            @Nullable LanguageModel fallback,
            Predicate<String> bookExists,
            Supplier<AnswerShare> shares,
            Supplier<UUID> ids,
            InstantSource clock,
            AnswerListener listener) {
        this(dialogue, retriever, model, fallback, bookExists, shares, ids, clock, listener, Limits.DEFAULT);
    }

    AnswerFeature(
            Dialogue dialogue,
            Retriever retriever,
            LanguageModel model,
            @Nullable LanguageModel fallback,
            Predicate<String> bookExists,
            Supplier<AnswerShare> shares,
            Supplier<UUID> ids,
            InstantSource clock,
            AnswerListener listener,
            Limits limits) {
        AnswerWriter writer = new AnswerWriter(dialogue, retriever, model, fallback, clock, limits, listener);
        this.generations = new Generations(limits.most(), shares);
        this.answers = new AnswerService(dialogue, generations, writer, System::nanoTime);
        this.chats = new ChatService(answers, bookExists, ids);
        this.ids = ids;
        this.limits = limits;
    }

    /// Registers the resources, and the end of what they do at shutdown.
    public void register(Environment environment) {
        environment.jersey().register(new AnswerResource(answers, ids));
        environment.jersey().register(new AnswerStreamResource(answers, ids, environment.getObjectMapper()));
        environment.jersey().register(new AnswerStreamResource.Unbuffered());
        environment.jersey().register(new ChatResource(chats));
        Drain drain = new Drain();
        environment.lifecycle().addEventListener(drain);
        environment.lifecycle().manage(drain);
    }

    /// Begins when the server begins to stop, as that waits for running requests; ends before what was registered
    /// earlier, such as the database, is stopped.
    private final class Drain implements LifeCycle.Listener, Managed {

        private final AtomicReference<@Nullable Thread> draining = new AtomicReference<>();

        @Override
        public void lifeCycleStopping(LifeCycle server) {
            draining.set(Thread.ofVirtual().name("drain-answers").start(this::drain));
        }

        @Override
        public void stop() throws InterruptedException {
            Thread thread = draining.get();
            if (thread != null) {
                thread.join();
            }
        }

        private void drain() {
            try {
                generations.drain(limits.grace(), limits.farewell());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
