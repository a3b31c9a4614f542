package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question as it arrives, with the ids that it and its answer get unless the key says that they have some already.
///
/// @param book the book of a conversation that is made for this question; without meaning where it exists
/// @param newConversation whether the conversation is made along with the question
public record Question(
        UUID id,
        UUID answerId,
        ReaderId reader,
        UUID conversation,
        boolean newConversation,
        @Nullable String book,
        String text,
        @Nullable String selectedText,
        @Nullable String pageUrl,
        @Nullable IdempotencyKey key) {}
