package dev.lectern.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The textbook widget's way to ask. It knows no readers: without a token, whoever knows a session's id is its reader,
/// and the reader's id is the session's.
final class ChatService {

    private final AnswerService answers;
    private final Predicate<String> bookExists;
    private final Supplier<UUID> ids;

    ChatService(AnswerService answers, Predicate<String> bookExists, Supplier<UUID> ids) {
        this.answers = answers;
        this.bookExists = bookExists;
        this.ids = ids;
    }

    /// @param reader who sends a token; null where nobody does
    /// @throws ProblemException 400, 409, 422 or 503
    ChatReply chat(@Nullable ReaderId reader, @Nullable ChatRequest request, @Nullable IdempotencyKey key) {
        Chat chat = validated(request);
        Asked asked = chat.session == null
                ? new Asked.NoConversation()
                : answers.ask(chat.in(chat.session, reader, key, ids));
        if (asked instanceof Asked.NoConversation) {
            asked = answers.ask(chat.anew(conversation(chat, reader, key), reader, key, ids));
        }
        return ChatReply.of(
                switch (asked) {
                    case Asked.Fresh(OpenQuestion open) -> answers.write(open, Audience.PATIENT);
                    case Asked.Stored stored -> AnswerReply.saved(stored.answer(), null);
                    case Asked.NoConversation _ -> throw AnswerResource.noConversation();
                });
    }

    private Chat validated(@Nullable ChatRequest body) {
        ChatRequest request = Input.body(body);
        FieldErrors errors = new FieldErrors();
        Chat chat = new Chat(
                errors.question("/query", request.query()),
                errors.selectedText("/selected_text", request.selectedText()),
                session(request.sessionId(), errors),
                book(request.bookId(), errors));
        errors.throwIfAny();
        return chat;
    }

    private static @Nullable UUID session(@Nullable String id, FieldErrors errors) {
        if (id == null || id.isBlank()) {
            return null;
        }
        Optional<UUID> session = Input.uuid(id);
        if (session.isEmpty()) {
            errors.add("/session_id", "must be the session_id of an earlier reply");
        }
        return session.orElse(null);
    }

    private @Nullable String book(@Nullable String slug, FieldErrors errors) {
        if (slug == null || slug.isBlank()) {
            return null;
        }
        if (!bookExists.test(slug)) {
            errors.add("/book_id", "there is no such book");
        }
        return slug;
    }

    /// The id of a new conversation. For one that belongs to nobody it follows from the key, so that a repeat of the
    /// request finds it. That is as safe as the key is hard to guess, whence a UUID where there is no session.
    private UUID conversation(Chat chat, @Nullable ReaderId reader, @Nullable IdempotencyKey key) {
        if (reader != null || key == null) {
            return ids.get();
        }
        if (chat.session == null && Input.uuid(key.value()).isEmpty()) {
            throw ProblemException.invalid(
                    IdempotencyKey.HEADER, "must be a UUID where neither a token nor a session_id tells who asks");
        }
        return UUID.nameUUIDFromBytes(("chat:" + chat.session + ":" + key.value()).getBytes(UTF_8));
    }

    private record Chat(
            String query,
            @Nullable String selectedText,
            @Nullable UUID session,
            @Nullable String book) {

        Question in(UUID conversation, @Nullable ReaderId reader, @Nullable IdempotencyKey key, Supplier<UUID> ids) {
            return question(conversation, false, reader, key, ids);
        }

        Question anew(UUID conversation, @Nullable ReaderId reader, @Nullable IdempotencyKey key, Supplier<UUID> ids) {
            return question(conversation, true, reader, key, ids);
        }

        private Question question(
                UUID conversation,
                boolean isNew,
                @Nullable ReaderId reader,
                @Nullable IdempotencyKey key,
                Supplier<UUID> ids) {
            ReaderId owner = reader == null ? new ReaderId(conversation) : reader;
            return new Question(ids.get(), ids.get(), owner, conversation, isNew, book, query, selectedText, null, key);
        }
    }
}
