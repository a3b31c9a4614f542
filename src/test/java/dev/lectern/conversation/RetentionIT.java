package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
}
