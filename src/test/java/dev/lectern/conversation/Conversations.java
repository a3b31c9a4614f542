package dev.lectern.conversation;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.paging.PageRequest;
import dev.lectern.persistence.Database;
import dev.lectern.testing.TestPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An empty database of conversations, with as many processes on it as a test wants.
final class Conversations {

    private static final Database DATABASE = TestPostgres.open(TestPostgres.freshDatabase());

    static final Duration LEASE = Duration.ofMinutes(6);

    final MovableClock clock = new MovableClock();
    final Supplier<UUID> ids = ascendingIds(clock);
    final AtomicLong revision = new AtomicLong(-1);
    final Database database;
    final ConversationDao dao;
    final ReaderId reader = new ReaderId(ids.get());

    Conversations() {
        this(DATABASE);
        database.write(handle -> handle.execute("TRUNCATE conversation CASCADE"));
    }

    Conversations(Database database) {
        this.database = database;
        this.dao = new ConversationDao(database, revision::set);
    }

    private static Supplier<UUID> ascendingIds(InstantSource clock) {
        return Generators.timeBasedEpochGenerator(null, new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return clock.millis();
            }
        })::generate;
    }

    /// One process of many on the database.
    Dialogue process() {
        return new StoredDialogue(new DialogueDao(database, revision::set), clock, LEASE, UUID.randomUUID());
    }

    Conversation begin(ReaderId owner, @Nullable String book) {
        Conversation conversation = new Conversation(ids.get(), book, null, clock.instant(), clock.instant());
        dao.insert(owner, conversation, null);
        return conversation;
    }

    Question question(Conversation conversation, String text) {
        return new Question(ids.get(), ids.get(), reader, conversation.id(), false, null, text, null, null, null);
    }

    Question keyed(Conversation conversation, String text, String key) {
        return new Question(
                ids.get(),
                ids.get(),
                reader,
                conversation.id(),
                false,
                null,
                text,
                null,
                null,
                new IdempotencyKey(key));
    }

    Question starting(String text, @Nullable String key) {
        return new Question(
                ids.get(),
                ids.get(),
                reader,
                ids.get(),
                true,
                "robotics",
                text,
                "selected",
                "https://book.example/page",
                key == null ? null : new IdempotencyKey(key));
    }

    Answer answer(Opened opened, String content) {
        Citation citation = new Citation(
                1,
                UUID.fromString("0190a000-0000-7000-8000-000000000001"),
                "robotics",
                "joints",
                "Joints",
                "https://book.example/joints",
                "revolute",
                "A revolute joint…",
                0.75);
        return new Answer(
                opened.answerId(),
                opened.conversation(),
                opened.questionId(),
                content,
                List.of(citation),
                true,
                false,
                "extractive",
                new Timings(3, 5L, 8, 4),
                clock.instant());
    }

    /// Asks and answers.
    Answer exchange(Dialogue dialogue, Question question, String content) {
        Answer answer = answer((Opened) dialogue.open(question), content);
        dialogue.store(question, answer);
        return answer;
    }

    List<Message> messages(UUID conversation) {
        return dao.messages(reader, conversation, new PageRequest<>(100, null))
                .orElseThrow()
                .items();
    }

    long count(String table) {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }
}
