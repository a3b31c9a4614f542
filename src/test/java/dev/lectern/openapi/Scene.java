package dev.lectern.openapi;

import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.StubLanguageModelServer;
import dev.lectern.testing.TestPostgres;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A running Lectern with what requests may name in it. A reader is replaced from time to time, so that none has much.
final class Scene implements AutoCloseable {

    private static final int REQUESTS_OF_A_READER = 200;

    private final StubLanguageModelServer model = new StubLanguageModelServer();
    private final LecternServer lectern;
    private final Map<String, String> constants;
    private final Map<String, String> cursors = new HashMap<>();
    private LecternClient reader;
    private @Nullable String conversation;
    private @Nullable String answer;
    private @Nullable EventStream writing;
    private int requests;
    private boolean isDeleted;

    Scene() {
        String database = TestPostgres.freshDatabase();
        ApiKeyRegister keys = new ApiKeyRegister(TestPostgres.open(database), InstantSource.system());
        String booksKey = keys.create("books", Set.of(Scope.BOOKS_WRITE), null).text();
        String chatKey = keys.create("chat", Set.of(Scope.CHAT), null).text();
        lectern = LecternServer.start(
                        TestPostgres.jdbcUrl(database),
                        Map.of(
                                "llm.model",
                                "openai",
                                "llm.openai.baseUrl",
                                model.baseUrl().toString()))
                .withPoolsBook();
        lectern.importBook("leases", Map.of("index.md", "# Leases\n\nA lease is a claim that ends."));
        try (LecternClient other = lectern.reader()) {
            String foreign = other.converse("pools");
            constants = Map.of(
                    "book",
                    "pools",
                    "chapter",
                    other.get("/books/pools").json().at("/chapters/0/slug").asText(),
                    "operator-key",
                    LecternServer.API_KEY,
                    "books-key",
                    booksKey,
                    "chat-key",
                    chatKey,
                    "foreign-token",
                    Objects.requireNonNull(other.token()),
                    "foreign-conversation",
                    foreign,
                    "foreign-answer",
                    other.ask(foreign, "What is a permit?").json().at("/id").asText(),
                    "cursor-listBooks",
                    other.get("/books?limit=1").json().at("/next_cursor").asText());
        }
        reader = lectern.reader();
    }

    int port() {
        return lectern.url().getPort();
    }

    /// What names stand for in the next request.
    UnaryOperator<String> values(Draft draft) {
        if (isDeleted) {
            forget();
        }
        isDeleted = draft.method().equals("DELETE");
        if (++requests % REQUESTS_OF_A_READER == 0) {
            forget();
            reader.close();
            reader = lectern.reader();
        }
        return this::value;
    }

    private void forget() {
        conversation = null;
        answer = null;
        cursors.clear();
    }

    private String value(String name) {
        return switch (name) {
            case "token" -> Objects.requireNonNull(reader.token());
            case "conversation" -> conversation();
            case "answer" -> answer();
            case "running" -> running();
            case "cursor-listConversations", "cursor-listMessages" -> cursors.computeIfAbsent(name, this::cursor);
            default -> Objects.requireNonNull(constants.get(name), name);
        };
    }

    private String conversation() {
        if (conversation == null) {
            conversation = reader.converse("pools");
        }
        return conversation;
    }

    private String answer() {
        if (answer == null) {
            answer = reader.ask(conversation(), "What is a permit?")
                    .json()
                    .at("/id")
                    .asText();
        }
        return answer;
    }

    /// An answer that the model does not come to an end with.
    private String running() {
        leave();
        model.stallsAfter("A permit is ");
        EventStream stream = reader.open(conversation(), "What is a permit?");
        writing = stream;
        Event start = stream.next();
        stream.next();
        model.answers("A permit is the right to use one connection [1].");
        return start.data().at("/answer_id").asText();
    }

    private void leave() {
        if (writing != null) {
            writing.close();
            writing = null;
        }
    }

    private String cursor(String name) {
        answer();
        String list = "/conversations";
        if (name.equals("cursor-listMessages")) {
            list += "/" + conversation() + "/messages";
        } else {
            reader.converse("pools");
        }
        return reader.get(list + "?limit=1").json().at("/next_cursor").asText();
    }

    @Override
    public void close() {
        leave();
        reader.close();
        lectern.close();
        model.close();
    }
}
