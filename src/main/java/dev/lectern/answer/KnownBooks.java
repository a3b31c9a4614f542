package dev.lectern.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Question;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The books of recent conversations, in memory: so that a question is put to its book also while the database is down.
final class KnownBooks {

    private static final int MOST = 10_000;

    private final Cache<Place, Optional<String>> books =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /// A conversation, for the one reader whose it is.
    private record Place(ReaderId reader, UUID conversation) {}

    /// @param book null where the conversation is about all books
    void learn(ReaderId reader, UUID conversation, @Nullable String book) {
        books.put(new Place(reader, conversation), Optional.ofNullable(book));
    }

    /// The book that the question is about, as far as one can tell without the database; all books where null.
    @Nullable
    String of(Question question) {
        Optional<String> known = books.getIfPresent(new Place(question.reader(), question.conversation()));
        return known == null ? question.book() : known.orElse(null);
    }
}
