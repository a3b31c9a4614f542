package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.access.ReaderId;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class PersonalDataIT {

    private final Conversations conversations = new Conversations();
    private final ResourceExtension resources =
            Rest.over(conversations.database, conversations.ids, conversations.clock);
    private final Dialogue dialogue = conversations.process();
    private final PersonalDataDao personal = new PersonalDataDao(conversations.database);
    private final ReaderId stranger = new ReaderId(UUID.randomUUID());

    @Test
    void all_of_a_readers_is_deleted_and_nothing_of_anybody_elses() {
        Conversation kept = conversations.begin(stranger, "robotics");
        for (int i = 0; i < 3; i++) {
            conversations.exchange(dialogue, conversations.starting("q" + i, "k" + i), "a" + i);
        }

        assertThat(call(conversations.reader, "DELETE", "").status()).isEqualTo(204);

        assertThat(conversations.count("conversation")).isOne();
        assertThat(conversations.count("message")).isZero();
        assertThat(conversations.count("idempotency_key")).isZero();
        assertThat(conversations.dao.get(stranger, kept.id())).isPresent();
        assertThat(call(conversations.reader, "DELETE", "").status()).isEqualTo(204);
    }

    @Test
    void more_conversations_than_one_statement_deletes_are_deleted_all() {
        conversations.database.write(handle -> handle.createUpdate("""
                        INSERT INTO conversation (id, reader, created_at, updated_at)
                        SELECT gen_random_uuid(), :reader, now(), now() FROM generate_series(1, 250)
                        """)
                .bind("reader", conversations.reader.value())
                .execute());

        assertThat(call(conversations.reader, "DELETE", "").status()).isEqualTo(204);

        assertThat(conversations.count("conversation")).isZero();
    }

    @Test
    void one_conversation_is_deleted_with_its_messages_and_keys() {
        Answer answer = conversations.exchange(dialogue, conversations.starting("?", "k"), "!");

        conversations.dao.delete(conversations.reader, answer.conversation());

        assertThat(conversations.count("message")).isZero();
        assertThat(conversations.count("idempotency_key")).isZero();
    }

    @Test
    void an_export_has_all_that_is_kept() {
        Answer answer = conversations.exchange(dialogue, conversations.starting("What?", null), "That.");
        conversations.dao.giveFeedback(conversations.reader, answer.id(), new Feedback("like", "Yes."));
        conversations.begin(stranger, null);

        Rest.Reply export = call(conversations.reader, "GET", "/export");

        assertThat(export.response().getHeaderString("Content-Disposition")).startsWith("attachment");
        assertThat(export.response().getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(export.json()).isEqualTo(Rest.json("""
                        {"reader_id":"%s","exported_at":"2026-11-23T09:00:00.123456Z","conversations":[\
                        {"id":"%s","book":"robotics","title":"What?","created_at":"2026-11-23T09:00:00.123456Z",\
                        "updated_at":"2026-11-23T09:00:00.123456Z","messages":[\
                        {"id":"%s","role":"user","content":"What?","selected_text":"selected",\
                        "page_url":"https://book.example/page","citations":[],"feedback":null,\
                        "created_at":"2026-11-23T09:00:00.123456Z"},\
                        {"id":"%s","role":"assistant","content":"That.","citations":[{"n":1,\
                        "passage_id":"0190a000-0000-7000-8000-000000000001","book":"robotics","chapter":"joints",\
                        "title":"Joints","url":"https://book.example/joints","anchor":"revolute",\
                        "snippet":"A revolute joint…","score":0.75}],"grounded":true,"stopped":false,\
                        "model":"extractive","feedback":{"rating":"like","comment":"Yes."},\
                        "created_at":"2026-11-23T09:00:00.123456Z",\
                        "timings":{"retrieval_ms":3,"first_token_ms":5,"total_ms":8,"backend_ms":4}}]}]}\
                        """.formatted(
                        conversations.reader.value(), answer.conversation(), answer.question(), answer.id())));
    }

    @Test
    void an_export_of_a_new_reader_is_empty() {
        assertThat(call(stranger, "GET", "/export").json().at("/conversations").isEmpty())
                .isTrue();
    }

    @Test
    void an_export_of_several_pages_has_everything_once_and_in_order() {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Conversation conversation = conversations.begin(conversations.reader, null);
            for (int j = 0; j < i % 7; j++) {
                asked.add("q" + i + "." + j);
                conversations.exchange(dialogue, conversations.question(conversation, asked.getLast()), "a");
            }
        }

        JsonNode exported = call(conversations.reader, "GET", "/export").json().at("/conversations");

        assertThat(exported).hasSize(40);
        assertThat(IntStream.range(0, 40)
                        .mapToObj(i -> exported.at("/" + i + "/messages").size()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> 2 * (i % 7)).toList());
        assertThat(StreamSupport.stream(exported.spliterator(), false)
                        .flatMap(each ->
                                StreamSupport.stream(each.at("/messages").spliterator(), false))
                        .filter(message -> message.at("/role").asText().equals("user"))
                        .map(message -> message.at("/content").asText()))
                .containsExactlyElementsOf(asked);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13, 100})
    void wherever_a_page_ends_no_row_is_lost_or_doubled(int limit) {
        List<UUID> stored = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Conversation conversation = conversations.begin(conversations.reader, null);
            for (int j = 0; j < i % 3; j++) {
                conversations.exchange(dialogue, conversations.question(conversation, "?"), "!");
            }
            conversations.messages(conversation.id()).forEach(message -> stored.add(message.id()));
        }
        ExportRows rows = new ExportRows(place -> personal.export(conversations.reader, place, limit), limit);

        List<UUID> exported = new ArrayList<>();
        List<UUID> begun = new ArrayList<>();
        for (ExportedConversation conversation : rows.conversations()) {
            begun.add(conversation.id());
            conversation.messages().forEach(message -> exported.add(message.id()));
        }

        assertThat(begun).hasSize(6).doesNotHaveDuplicates().isSorted();
        assertThat(exported).containsExactlyElementsOf(stored);
    }

    @Test
    void nobody_has_neither() {
        assertThat(Rest.call(resources, null, "DELETE", "/api/v1/readers/me", null)
                        .status())
                .isEqualTo(401);
        assertThat(Rest.call(resources, null, "GET", "/api/v1/readers/me/export", null)
                        .status())
                .isEqualTo(401);
    }

    private Rest.Reply call(ReaderId reader, String method, String path) {
        return Rest.call(resources, reader, method, "/api/v1/readers/me" + path, null);
    }
}
