package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ReaderId;
import dev.lectern.persistence.Database;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before the database is asked: here there is none.
@ExtendWith(DropwizardExtensionsSupport.class)
class ConversationResourceTest {

    private static final String ID = "0190a000-0000-7000-8000-000000000001";

    private final ResourceExtension resources = Rest.over(noDatabase(), UUID::randomUUID, Clock.systemUTC());
    private final ReaderId reader = new ReaderId(UUID.randomUUID());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST  | /conversations          |                                | ''",
                "POST  | /conversations          | {\"book\": \"cooking\"}        | /book",
                "POST  | /conversations          | {\"title\": \" \"}             | /title",
                "POST  | /conversations          | {\"title\": \"a\\u0000b\"}     | /title",
                "POST  | /conversations          | {\"title\": \"\\ud800\"}         | /title",
                "POST  | /conversations          | {\"colour\": 1}                | /colour",
                "PATCH | /conversations/" + ID + " | {}                           | /title",
                "PATCH | /conversations/" + ID + " | {\"title\": null}            | /title",
                "PATCH | /conversations/" + ID + " | {\"title\": \"\"}            | /title",
                "GET   | /conversations?limit=0    |                              | limit",
                "GET   | /conversations?limit=101  |                              | limit",
                "GET   | /conversations?limit=many |                              | limit",
                "GET   | /conversations?cursor=x   |                              | cursor",
                "GET   | /conversations?cursor=%2B |                              | cursor",
                "GET   | /conversations/" + ID + "/messages?limit=-1  |            | limit",
                "GET   | /conversations/" + ID + "/messages?cursor=AA |            | cursor",
                "PUT   | /messages/" + ID + "/feedback | {\"rating\": \"meh\"}     | /rating",
                "PUT   | /messages/" + ID + "/feedback | {\"comment\": \"\\u0000\"} | /comment"
            })
    void a_bad_request_is_refused_by_the_name_of_its_fault(String method, String path, String body, String pointer) {
        Rest.Reply reply = call(method, path, body == null && !method.equals("GET") ? "null" : body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/type").asText()).isEqualTo("urn:lectern:problem:invalid-request");
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void texts_have_a_longest_length() {
        assertThat(call("POST", "/conversations", "{\"title\": \"" + "a".repeat(201) + "\"}")
                        .json()
                        .at("/errors/0/detail")
                        .asText())
                .contains("200");
        assertThat(call("PUT", "/messages/" + ID + "/feedback", "{\"comment\": \"" + "a".repeat(2001) + "\"}")
                        .json()
                        .at("/errors/0/detail")
                        .asText())
                .contains("2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /conversations/1",
                "GET /conversations/1-1-1-1-1",
                "DELETE /conversations/new",
                "GET /conversations/x/messages"
            })
    void what_is_no_id_is_the_id_of_nothing(String request) {
        String[] parts = request.split(" ", 2);

        assertThat(call(parts[0], parts[1], null).status()).isEqualTo(404);
    }

    @Test
    void feedback_on_what_is_no_id_is_feedback_on_nothing() {
        assertThat(call("PUT", "/messages/1/feedback", "{\"rating\": \"like\"}").status())
                .isEqualTo(404);
        assertThat(call("PATCH", "/conversations/1", "{\"title\": \"a\"}").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/conversations", "/conversations/" + ID, "/conversations/" + ID + "/messages"})
    void who_is_unknown_is_refused(String path) {
        assertThat(Rest.call(resources, null, "GET", "/api/v1" + path, null).status())
                .isEqualTo(401);
    }

    private Rest.Reply call(String method, String path, @Nullable String body) {
        return Rest.call(resources, reader, method, "/api/v1" + path, body);
    }

    @SuppressWarnings("NullAway") // so that whoever asks it fails
    private static Database noDatabase() {
        return null;
    }
}
