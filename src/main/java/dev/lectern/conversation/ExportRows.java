package dev.lectern.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of an export, read a page at a time as they are wanted. Between two pages nothing is held but the rows of
/// one, however long whoever takes them dawdles.
final class ExportRows {

    /// A message and its conversation.
    ///
    /// @param message null where the conversation has none, or no more
    record Row(Conversation conversation, @Nullable ExportedMessage message) {}

    /// Where a page ended. No conversation and no message has an id of zeros.
    record Place(UUID conversation, UUID message) {

        private static final UUID BEFORE_ALL = new UUID(0, 0);

        static final Place BEGINNING = new Place(BEFORE_ALL, BEFORE_ALL);

        static Place of(Row row) {
            return new Place(
                    row.conversation().id(),
                    row.message() == null ? BEFORE_ALL : row.message().id());
        }
    }

    private final Function<Place, List<Row>> read;
    private final int limit;
    private final Deque<Row> page = new ArrayDeque<>();
    private Place end = Place.BEGINNING;
    private boolean ended;

    /// @param read the page after a place, at most `limit` rows
    ExportRows(Function<Place, List<Row>> read, int limit) {
        this.read = read;
        this.limit = limit;
    }

    /// The conversations, each once. The messages of one are to be taken before the next one.
    Iterable<ExportedConversation> conversations() {
        return ConversationsLeft::new;
    }

    /// The next row; null at the end.
    @Nullable
    Row peek() {
        if (page.isEmpty() && !ended) {
            List<Row> rows = read.apply(end);
            ended = rows.size() < limit;
            page.addAll(rows);
            end = rows.isEmpty() ? end : Place.of(rows.getLast());
        }
        return page.peek();
    }

    private final class ConversationsLeft implements Iterator<ExportedConversation> {

        private @Nullable UUID given;

        @Override
        public boolean hasNext() {
            while (isOf(given)) {
                page.remove();
            }
            return peek() != null;
        }

        @Override
        public ExportedConversation next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Conversation conversation = page.element().conversation();
            given = conversation.id();
            return ExportedConversation.of(conversation, () -> new MessagesLeft(conversation.id()));
        }
    }

    private final class MessagesLeft implements Iterator<ExportedMessage> {

        private final UUID conversation;

        MessagesLeft(UUID conversation) {
            this.conversation = conversation;
        }

        @Override
        public boolean hasNext() {
            while (isOf(conversation) && page.element().message() == null) {
                page.remove();
            }
            return isOf(conversation);
        }

        @Override
        public ExportedMessage next() {
            ExportedMessage message = hasNext() ? page.remove().message() : null;
            if (message == null) {
                throw new NoSuchElementException();
            }
            return message;
        }
    }

    private boolean isOf(@Nullable UUID conversation) {
        Row row = peek();
        return row != null && row.conversation().id().equals(conversation);
    }
}
