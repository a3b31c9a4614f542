package dev.lectern.conversation;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The body of a request that makes a conversation.
///
/// @param book the slug of a book; all books where absent
/// @param title 1 to 200 characters
public record ConversationRequest(
        @Nullable String book, @Nullable String title) {

    /// This, where it is as the contract says.
    ConversationRequest validated(Predicate<String> bookExists) {
        if (book != null && !bookExists.test(book)) {
            throw Input.invalid("/book", "there is no such book");
        }
        Input.text("/title", title, 1, TitleRequest.LONGEST);
        return this;
    }
}
