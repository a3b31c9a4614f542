package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.access.ReaderId;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class ConversationResourceIT {

    private final Conversations conversations = new Conversations();
    private final ResourceExtension resources =
            Rest.over(conversations.database, conversations.ids, conversations.clock);
    private final ReaderId stranger = new ReaderId(UUID.randomUUID());

    @Test
    void a_conversation_is_made_read_renamed_and_deleted() {
        Rest.Reply made = call("POST", "/conversations", "{\"book\": \"robotics\", \"title\": \"Joints\"}");

        assertThat(made.status()).isEqualTo(201);
        String id = made.json().at("/id").asText();
        assertThat(made.response().getLocation().getPath()).isEqualTo("/api/v1/conversations/" + id);
        assertThat(made.json().toString()).isEqualTo("""
                        {"id":"%s","book":"robotics","title":"Joints",\
                        "created_at":"2026-11-23T09:00:00.123456Z","updated_at":"2026-11-23T09:00:00.123456Z"}\
                        """.formatted(id));
        assertThat(get("/conversations/" + id).json()).isEqualTo(made.json());

        conversations.clock.advance(Duration.ofSeconds(1));
        Rest.Reply renamed = call("PATCH", "/conversations/" + id, "{\"title\": \"Robots' joints\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().at("/title").asText()).isEqualTo("Robots' joints");
        assertThat(renamed.json().at("/updated_at").asText()).isEqualTo("2026-11-23T09:00:01.123456Z");

        assertThat(call("DELETE", "/conversations/" + id, null).status()).isEqualTo(204);
        assertThat(get("/conversations/" + id).status()).isEqualTo(404);
        assertThat(call("DELETE", "/conversations/" + id, null).status()).isEqualTo(404);
        assertThat(call("PATCH", "/conversations/" + id, "{\"title\": \"a\"}").status())
                .isEqualTo(404);
    }

    @Test
    void a_conversation_needs_neither_book_nor_title() {
        Rest.Reply made = call("POST", "/conversations", "{}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/book").isNull()).isTrue();
        assertThat(made.json().at("/title").isNull()).isTrue();
    }

    @Test
    void messages_are_listed_with_citations_and_feedback() {
        Answer answer = conversations.exchange(conversations.process(), conversations.starting("What?", null), "That.");
        call("PUT", "/messages/" + answer.id() + "/feedback", "{\"rating\": \"like\", \"comment\": \"Yes.\"}");

        JsonNode page =
                get("/conversations/" + answer.conversation() + "/messages").json();

        assertThat(page).isEqualTo(Rest.json("""
                        {"items":[\
                        {"id":"%s","role":"user","content":"What?","citations":[],"feedback":null,\
                        "created_at":"2026-11-23T09:00:00.123456Z"},\
                        {"id":"%s","role":"assistant","content":"That.","citations":[{"n":1,\
                        "passage_id":"0190a000-0000-7000-8000-000000000001","book":"robotics","chapter":"joints",\
                        "title":"Joints","url":"https://book.example/joints","anchor":"revolute",\
                        "snippet":"A revolute joint…","score":0.75}],"grounded":true,"stopped":false,\
                        "model":"extractive","feedback":{"rating":"like","comment":"Yes."},\
                        "created_at":"2026-11-23T09:00:00.123456Z",\
                        "timings":{"retrieval_ms":3,"first_token_ms":5,"total_ms":8,"backend_ms":4}}],\
                        "next_cursor":null}\
                        """.formatted(answer.question(), answer.id())));
    }

    @Test
    void feedback_is_replaced_and_taken_back() {
        Answer answer = conversations.exchange(conversations.process(), conversations.starting("?", null), "!");
        String path = "/messages/" + answer.id() + "/feedback";

        assertThat(call("PUT", path, "{\"rating\": \"like\", \"comment\": \"Yes.\"}")
                        .json()
                        .toString())
                .isEqualTo("{\"rating\":\"like\",\"comment\":\"Yes.\"}");
        assertThat(call("PUT", path, "{\"rating\": \"dislike\"}").json().toString())
                .isEqualTo("{\"rating\":\"dislike\",\"comment\":null}");
        assertThat(call("PUT", path, "{\"rating\": null}").status()).isEqualTo(200);
        assertThat(conversations.messages(answer.conversation()).getLast().feedback())
                .isNull();
    }

    @Test
    void feedback_is_for_ones_own_answers() {
        Answer answer = conversations.exchange(conversations.process(), conversations.starting("?", null), "!");
        String like = "{\"rating\": \"like\"}";

        assertThat(Rest.call(resources, stranger, "PUT", "/api/v1/messages/" + answer.id() + "/feedback", like)
                        .status())
                .isEqualTo(404);
        assertThat(call("PUT", "/messages/" + answer.question() + "/feedback", like)
                        .status())
                .isEqualTo(404);
        assertThat(call("PUT", "/messages/" + UUID.randomUUID() + "/feedback", like)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void another_readers_conversation_is_not_found() {
        UUID id = conversations.begin(conversations.reader, null).id();

        assertThat(foreign("GET", "/conversations/" + id, null)).isEqualTo(404);
        assertThat(foreign("GET", "/conversations/" + id + "/messages", null)).isEqualTo(404);
        assertThat(foreign("PATCH", "/conversations/" + id, "{\"title\": \"mine\"}"))
                .isEqualTo(404);
        assertThat(foreign("DELETE", "/conversations/" + id, null)).isEqualTo(404);
        assertThat(Rest.call(resources, stranger, "GET", "/api/v1/conversations", null)
                        .json()
                        .at("/items"))
                .isEmpty();
        assertThat(get("/conversations/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_conversation_without_messages_is_empty_and_not_missing() {
        UUID id = conversations.begin(conversations.reader, null).id();

        assertThat(get("/conversations/" + id + "/messages").json().toString())
                .isEqualTo("{\"items\":[],\"next_cursor\":null}");
        assertThat(get("/conversations/" + UUID.randomUUID() + "/messages").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 12, 13, 100})
    void pages_of_conversations_hold_each_once_while_others_are_made(int limit) {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            before.addFirst(conversations.begin(conversations.reader, null).id().toString());
        }

        List<String> seen = walk("/conversations", limit, () -> conversations.begin(conversations.reader, null));

        assertThat(seen).containsExactlyElementsOf(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 11, 100})
    void pages_of_messages_hold_each_once_while_others_are_stored(int limit) {
        Dialogue dialogue = conversations.process();
        Conversation conversation = conversations.begin(conversations.reader, null);
        for (int i = 0; i < 6; i++) {
            conversations.exchange(dialogue, conversations.question(conversation, "q" + i), "a" + i);
        }
        List<String> before = conversations.messages(conversation.id()).stream()
                .map(message -> message.id().toString())
                .toList();
        List<Question> meanwhile = new ArrayList<>();

        List<String> seen = walk("/conversations/" + conversation.id() + "/messages", limit, () -> {
            if (meanwhile.size() < 3) {
                meanwhile.add(conversations.question(conversation, "meanwhile"));
                dialogue.open(meanwhile.getLast());
            }
        });

        assertThat(seen).doesNotHaveDuplicates().startsWith(before.toArray(String[]::new));
    }

    /// All items, page by page, with something done between the pages.
    private List<String> walk(String path, int limit, Runnable between) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = get(path + "?limit=" + limit + cursor).json();
            assertThat(page.at("/items").size()).isBetween(1, limit);
            page.at("/items").forEach(item -> seen.add(item.at("/id").asText()));
            between.run();
            cursor = page.at("/next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.at("/next_cursor").asText();
        }
        return seen;
    }

    private int foreign(String method, String path, @Nullable String body) {
        return Rest.call(resources, stranger, method, "/api/v1" + path, body).status();
    }

    private Rest.Reply get(String path) {
        return call("GET", path, null);
    }

    private Rest.Reply call(String method, String path, @Nullable String body) {
        return Rest.call(resources, conversations.reader, method, "/api/v1" + path, body);
    }
}
