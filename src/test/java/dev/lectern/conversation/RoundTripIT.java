package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.conversation.ExportRows.Place;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.paging.PageRequest;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What conversations cost on the wire.
class RoundTripIT {

    private final WireTap tap = WireTap.open("localhost", TestPostgres.port());
    private final Conversations conversations =
            new Conversations(TestPostgres.open(TestPostgres.url(TestPostgres.freshDatabase(), tap.port())));
    private final Dialogue dialogue = conversations.process();
    private final PersonalDataDao personal = new PersonalDataDao(conversations.database);

    @AfterEach
    void close() {
        tap.close();
    }

    @Test
    void everything_is_one_statement_and_one_round_trip() {
        PageRequest<UUID> page = new PageRequest<>(20, null);
        conversations.dao.list(conversations.reader, page);
        // More often than it takes pgjdbc to give the statements names.
        for (int i = 0; i < 8; i++) {
            Conversation conversation = conversations.begin(conversations.reader, null);
            Question question = conversations.question(conversation, "?");
            Question keyed = conversations.keyed(conversation, "?", "k" + i);
            Question starting = conversations.starting("?", "s" + i);
            costsOneRoundTrip(() -> dialogue.open(question));
            costsOneRoundTrip(() -> dialogue.open(starting));
            Opened opened = (Opened) dialogue.open(keyed);
            Answer answer = conversations.answer(opened, "!");
            costsOneRoundTrip(() -> dialogue.store(keyed, answer));
            costsOneRoundTrip(() -> dialogue.open(keyed));
            costsOneRoundTrip(() -> dialogue.answered(keyed));
            costsOneRoundTrip(() -> dialogue.answer(conversations.reader, answer.id()));
            costsOneRoundTrip(() -> conversations.begin(conversations.reader, "robotics"));
            costsOneRoundTrip(() -> conversations.dao.list(conversations.reader, page));
            costsOneRoundTrip(() -> conversations.dao.get(conversations.reader, conversation.id()));
            costsOneRoundTrip(() -> conversations.dao.messages(conversations.reader, conversation.id(), page));
            costsOneRoundTrip(() -> conversations.dao.messages(conversations.reader, UUID.randomUUID(), page));
            costsOneRoundTrip(() ->
                    conversations.dao.giveFeedback(conversations.reader, answer.id(), new Feedback("like", "Yes.")));
            costsOneRoundTrip(() -> conversations.dao.rename(
                    conversations.reader, conversation.id(), "title", conversations.clock.instant()));
            costsOneRoundTrip(() -> conversations.dao.delete(conversations.reader, conversation.id()));
            costsOneRoundTrip(() -> personal.export(conversations.reader, Place.BEGINNING, 100));
            costsOneRoundTrip(() -> personal.delete(conversations.reader, 100));
        }
    }

    private void costsOneRoundTrip(Runnable work) {
        tap.reset();
        work.run();
        WireTap.Counts counts = tap.counts();
        assertThat(counts.statements()).hasSize(1);
        assertThat(counts.roundTrips()).isEqualTo(1);
    }
}
