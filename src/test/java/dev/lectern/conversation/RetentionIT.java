package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Counter;
import dev.lectern.access.ReaderId;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is deleted, with a background that works at once.
class RetentionIT {

    private static final Duration KEEP = Duration.ofDays(180);

    private final Conversations conversations = new Conversations();
    private final Dialogue dialogue = conversations.process();
    private final AtomicInteger deleted = new AtomicInteger();
    private final Retention retention =
            new Retention(conversations.database, KEEP, conversations.clock, Runnable::run, deleted::addAndGet);

    @Test
    void what_nobody_has_touched_for_so_long_is_deleted_with_messages_and_keys() {
        conversations.exchange(dialogue, conversations.starting("?", "key"), "!");

        conversations.clock.advance(KEEP);
        retention.readerServed();
        assertThat(conversations.count("conversation")).isOne();

        conversations.clock.advance(Duration.ofHours(1).plusSeconds(1));
        retention.readerServed();

        assertThat(conversations.count("conversation")).isZero();
        assertThat(conversations.count("message")).isZero();
        assertThat(conversations.count("idempotency_key")).isZero();
        assertThat(deleted).hasValue(1);
    }

    @Test
    void an_old_conversation_that_was_touched_stays() {
        Conversation answered = conversations.begin(conversations.reader, null);
        Conversation asked = conversations.begin(conversations.reader, null);
        Conversation renamed = conversations.begin(conversations.reader, null);
        conversations.begin(conversations.reader, null);
        conversations.clock.advance(KEEP);
        conversations.exchange(dialogue, conversations.question(answered, "?"), "!");
        dialogue.open(conversations.question(asked, "?"));
        conversations.dao.rename(conversations.reader, renamed.id(), "kept", conversations.clock.instant());
        conversations.clock.advance(Duration.ofMinutes(1));

        retention.readerServed();

        assertThat(deleted).hasValue(1);
        assertThat(conversations.count("conversation")).isEqualTo(3);
    }

    @Test
    void an_old_conversation_is_found_whatever_its_id_is() {
        Instant now = conversations.clock.instant();
        for (UUID id : List.of(new UUID(0, 1), UUID.randomUUID(), new UUID(-1, -1))) {
            conversations.dao.insert(new ReaderId(id), new Conversation(id, null, null, now, now), null);
        }
        conversations.clock.advance(KEEP.plusSeconds(1));
        conversations.begin(conversations.reader, null);

        retention.readerServed();

        assertThat(deleted).hasValue(3);
        assertThat(conversations.count("conversation")).isOne();
    }

    @Test
    @Timeout(120)
    void what_a_widget_asked_under_keys_is_deleted() throws SQLException {
        String database = TestPostgres.freshDatabase();
        AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
        try (LecternServer lectern = LecternServer.start(
                                TestPostgres.jdbcUrl(database),
                                Map.of("privacy.keepConversations", KEEP.toDays() + "d"),
                                () -> Instant.now().plus(passed.get()))
                        .withPoolsBook();
                LecternClient widget = new LecternClient(lectern.url())) {
            String question = "{\"query\": \"What is a permit?\"}";
            assertThat(widget.post("/chat", question).status()).isEqualTo(200);
            for (int i = 0; i < 8; i++) {
                assertThat(widget.post(
                                        "/chat",
                                        question,
                                        "Idempotency-Key",
                                        UUID.randomUUID().toString())
                                .status())
                        .isEqualTo(200);
            }
            assertThat(conversationsIn(database)).isEqualTo(9);

            // The start itself may have looked already, and then rests for an hour.
            passed.set(KEEP.plusHours(2));
            Counter gone = lectern.metrics().counter("retention.conversations.deleted");
            try (LecternClient reader = lectern.reader()) {
                while (gone.getCount() == 0) {
                    assertThat(reader.get("/conversations").status()).isEqualTo(200);
                    LockSupport.parkNanos(50_000_000);
                }
            }

            assertThat(gone.getCount()).isEqualTo(9);
            assertThat(conversationsIn(database)).isZero();
        }
    }

    @Test
    void it_goes_on_from_part_to_part_past_what_stays_and_rests_at_the_end() {
        int many = 2 * Retention.BATCH + 10;
        for (int i = 0; i < many; i++) {
            Conversation each = conversations.begin(conversations.reader, null);
            if (i % 3 == 0) {
                conversations.dao.rename(
                        conversations.reader,
                        each.id(),
                        "kept",
                        conversations.clock.instant().plus(KEEP));
            }
        }
        int kept = (many + 2) / 3;
        conversations.clock.advance(KEEP.plusSeconds(1));

        retention.readerServed();
        retention.readerServed();
        assertThat(conversations.count("conversation")).isGreaterThanOrEqualTo(many - Retention.BATCH);

        conversations.clock.advance(Duration.ofSeconds(2));
        retention.readerServed();
        conversations.clock.advance(Duration.ofSeconds(2));
        retention.readerServed();
        assertThat(conversations.count("conversation")).isEqualTo(kept);
        assertThat(deleted).hasValue(many - kept);

        conversations.clock.advance(KEEP);
        retention.readerServed();
        assertThat(conversations.count("conversation")).isEqualTo(kept - Math.min(kept, Retention.BATCH));
    }

    private static long conversationsIn(String database) throws SQLException {
        try (Connection connection = TestPostgres.administrator(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM conversation")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
