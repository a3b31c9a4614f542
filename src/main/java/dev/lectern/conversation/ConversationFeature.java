package dev.lectern.conversation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.persistence.Database;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Builds and registers what stores and shows conversations.
public final class ConversationFeature {

    private final Dialogue dialogue;
    private final List<Object> resources;

    /// @param ids makes the ids of conversations: ascending, as the newest come first
    /// @param lease how long nobody else answers a keyed question without a stored answer: longer than an
    ///     answer takes
    /// @param holder names this process among those that use the database at the same time: what was left
    ///     unanswered under this name, by this process or an earlier one, is taken over at once
    /// @param bookExists whether a book with this slug can be asked
    /// @param revisionSeen gets the library's revision from statements that run anyway, on the request's thread: it
    ///     must not wait for anything
    /// @param json writes what a reader takes away
    public ConversationFeature(
            Database database,
            Supplier<UUID> ids,
            InstantSource clock,
            Duration lease,
            UUID holder,
            Predicate<String> bookExists,
            LongConsumer revisionSeen,
            ObjectMapper json) {
        this.dialogue = new StoredDialogue(new DialogueDao(database, revisionSeen), clock, lease, holder);
        ConversationDao conversations = new ConversationDao(database, revisionSeen);
        this.resources = List.of(
                new ConversationResource(conversations, ids, clock, bookExists),
                new ChatSessionResource(conversations),
                new MessagesResource(conversations),
                new FeedbackResource(conversations),
                new PersonalDataResource(new PersonalDataDao(database), clock, json));
    }

    /// Where questions and answers are stored.
    public Dialogue dialogue() {
        return dialogue;
    }

    /// Registers the resources.
    public void register(JerseyEnvironment jersey) {
        resources.forEach(jersey::register);
    }

    /// What [#register] registers.
    List<Object> resources() {
        return resources;
    }
}
