package dev.lectern.conversation;

import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The body of a request that makes a conversation.
///
/// @param book the slug of a book; all books where absent
/// @param title 1 to 200 characters
public record ConversationRequest(
        @Nullable String book,

        @Schema(minLength = 1, maxLength = TitleRequest.LONGEST) @Nullable
        String title) {

    /// This, where it is as the contract says.
    ConversationRequest validated(Predicate<String> bookExists) {
        if (book != null && !bookExists.test(book)) {
            throw ProblemException.invalid("/book", "there is no such book");
        }
        FieldRules.text("/title", title, 1, TitleRequest.LONGEST);
        return this;
    }
}
