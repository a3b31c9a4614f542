package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.paging.PageRequest;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A conversation is made once per key, whoever repeats the request and whichever process takes it.
class CreationKeyIT {

    private static final IdempotencyKey KEY = new IdempotencyKey("8e03978e-40d5-43dd-bc93-6894a57f9324");

    private final Conversations conversations = new Conversations();

    @Test
    void a_repeated_request_gets_the_conversation_that_was_made() {
        Conversation made = make("Joints", KEY).conversation();

        ConversationDao.Created repeated = make("Joints", KEY);

        assertThat(repeated).isEqualTo(new ConversationDao.Created(made, true));
        assertThat(count()).isOne();
    }

    @Test
    void another_request_with_the_same_key_is_told_apart() {
        make("Joints", KEY);

        assertThat(make("Sensors", KEY).asAsked()).isFalse();
        assertThat(count()).isOne();
    }

    @Test
    void without_a_key_each_request_makes_one() {
        make("Joints", null);
        make("Joints", null);

        assertThat(count()).isEqualTo(2);
    }

    @Test
    void of_processes_that_take_the_same_request_at_once_one_makes_it() throws Exception {
        for (int round = 0; round < 20; round++) {
            IdempotencyKey key = new IdempotencyKey("round " + round);
            List<Future<UUID>> made = new ArrayList<>();
            try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    made.add(processes.submit(
                            () -> make("Joints", key).conversation().id()));
                }
            }
            List<UUID> ids = new ArrayList<>();
            for (Future<UUID> each : made) {
                ids.add(each.get());
            }
            assertThat(ids).containsOnly(ids.getFirst());
        }
        assertThat(count()).isEqualTo(20);
    }

    @Test
    void a_keyed_request_costs_one_round_trip() {
        try (WireTap tap = WireTap.open("localhost", TestPostgres.port())) {
            Conversations tapped =
                    new Conversations(TestPostgres.open(TestPostgres.url(TestPostgres.freshDatabase(), tap.port())));
            make(tapped, "Joints", new IdempotencyKey("first"));
            tap.reset();

            make(tapped, "Joints", KEY);
            make(tapped, "Joints", KEY);

            assertThat(tap.counts().roundTrips()).isEqualTo(2);
        }
    }

    @Test
    void the_deletion_of_a_deleted_conversation_finds_nothing() {
        Conversation made = make("Joints", KEY).conversation();

        assertThat(conversations.dao.delete(conversations.reader, made.id())).isTrue();
        assertThat(conversations.dao.delete(conversations.reader, made.id())).isFalse();
    }

    private ConversationDao.Created make(String title, @Nullable IdempotencyKey key) {
        return make(conversations, title, key);
    }

    private static ConversationDao.Created make(Conversations in, String title, @Nullable IdempotencyKey key) {
        return in.dao.insert(
                in.reader,
                new Conversation(in.ids.get(), "robotics", title, in.clock.instant(), in.clock.instant()),
                key);
    }

    private int count() {
        return conversations
                .dao
                .list(conversations.reader, new PageRequest<>(100, null))
                .items()
                .size();
    }
}
