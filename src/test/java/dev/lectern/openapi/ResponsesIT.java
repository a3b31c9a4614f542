package dev.lectern.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the running application answers, and takes, against `docs/openapi.yaml`.
class ResponsesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOO_LARGE = "{\"title\": \"" + "x".repeat(1 << 20) + "\"}";

    private static LecternServer lectern;
    private static Contract contract;
    private static String booksKey;

    private final Set<String> done = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException {
        contract = Contract.of(Files.readString(Path.of("docs/openapi.yaml")));
        String database = TestPostgres.freshDatabase();
        booksKey = new ApiKeyRegister(TestPostgres.open(database), InstantSource.system())
                .create("books", Set.of(Scope.BOOKS_WRITE), null)
                .text();
        lectern = LecternServer.start(TestPostgres.jdbcUrl(database), Map.of()).withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @Test
    void every_operation_answers_as_the_contract_says() {
        try (LecternClient reader = new LecternClient(lectern.url())) {
            Reply registered = answers("createReader", 201, reader.post("/readers", "{}"));
            reader.bearing(registered.json().at("/token").asText());
            answers("readContract", 200, reader.get("/openapi.yaml"));
            answers("importBook", 200, lectern.importBook("pools", Map.of("index.md", "# Pools\nOf one page.")));
            answers(
                    "importBook",
                    201,
                    lectern.importBook(
                            "leases",
                            Map.of(
                                    "1.md",
                                    "# Leases\n## What a lease is\nA lease is a claim that ends.",
                                    "2.md",
                                    "# Ends\nIt ends.")));
            answers("importBook", 403, reader.put("/books/leases", new byte[0], "application/zip"));
            read(reader);
            converse(reader);
        }
        assertThat(done).isEqualTo(contract.operations());
    }

    private void read(LecternClient reader) {
        answers("listBooks", 200, reader.get("/books"));
        answers("listBooks", 200, reader.get("/books?limit=1"));
        answers("listBooks", 400, reader.get("/books?limit=0"));
        answers("readBook", 200, reader.get("/books/leases"));
        answers("readBook", 404, reader.get("/books/none"));
        answers("readBook", 406, reader.get("/books/leases", "Accept", "text/html"));
        String etag = reader.get("/books/leases").header("ETag");
        answers("readBook", 304, reader.get("/books/leases", "If-None-Match", etag));
        reader.get("/books/leases")
                .json()
                .at("/chapters")
                .forEach(chapter -> answers(
                        "readChapter",
                        200,
                        reader.get(
                                "/books/leases/chapters/" + chapter.at("/slug").asText())));
        answers("readChapter", 406, reader.get("/books/leases/chapters/leases", "Accept", "text/html"));
        answers("search", 200, reader.get("/search?q=lease"));
        answers("search", 406, reader.get("/search?q=lease", "Accept", "text/html"));
    }

    private void converse(LecternClient reader) {
        answers("createConversation", 201, reader.post("/conversations", "{\"title\": null}"));
        Reply made = answers("createConversation", 201, reader.post("/conversations", "{\"book\": \"leases\"}"));
        answers("createConversation", 413, reader.post("/conversations", TOO_LARGE));
        String id = made.json().at("/id").asText();
        String conversation = "/conversations/" + id;
        answers("listConversations", 200, reader.get("/conversations"));
        answers("listConversations", 200, reader.get("/conversations?limit=1"));
        answers("readConversation", 200, reader.get(conversation));
        answers("renameConversation", 200, reader.patch(conversation, "{\"title\": \"Leases\"}"));
        answers("renameConversation", 413, reader.patch(conversation, TOO_LARGE));
        answers("renameConversation", 400, reader.patch(conversation, "[]"));

        Reply answer = answers("ask", 200, reader.ask(id, "What is a lease?"));
        answers("ask", 200, reader.ask(id, "Why are bananas yellow?"));
        answers("ask", 406, reader.ask(id, "What is a lease?", "Accept", "text/html"));
        String feedback = "/messages/" + answer.json().at("/id").asText() + "/feedback";
        answers("listMessages", 200, reader.get(conversation + "/messages"));
        answers("giveFeedback", 200, reader.put(feedback, "{\"rating\": \"like\"}"));
        answers("listMessages", 200, reader.get(conversation + "/messages?limit=2"));
        answers("giveFeedback", 200, reader.put(feedback, "{\"rating\": null, \"comment\": \"So so.\"}"));
        answers("giveFeedback", 413, reader.put(feedback, TOO_LARGE));
        answers("giveFeedback", 415, reader.put(feedback, new byte[0], "text/plain"));
        answers("listMessages", 200, reader.get(conversation + "/messages"));

        Reply chat = answers("chat", 200, reader.post("/chat", "{\"query\": \"What is a lease?\"}"));
        String session = "/chat/" + chat.json().at("/session_id").asText();
        try (LecternClient importer = new LecternClient(lectern.url()).bearing(booksKey)) {
            answers("chat", 403, importer.post("/chat", "{\"query\": \"What is a lease?\"}"));
            answers("deleteChat", 403, importer.delete(session));
        }
        answers("chat", 406, reader.post("/chat", "{\"query\": \"What is a lease?\"}", "Accept", "text/html"));
        answers("deleteChat", 204, reader.delete(session));
        answers("deleteChat", 404, reader.delete(session));
        answers("stopAnswer", 404, reader.post(conversation + "/messages/" + id + "/stop", "{}"));
        answers("exportReader", 200, reader.get("/readers/me/export"));
        answers("exportReader", 406, reader.get("/readers/me/export", "Accept", "text/html"));
        answers("deleteConversation", 204, reader.delete(conversation));
        answers("deleteConversation", 404, reader.delete(conversation));
        answers("readConversation", 404, reader.get(conversation));
        answers("deleteReader", 204, reader.delete("/readers/me"));
    }

    private Reply answers(String operation, int status, Reply reply) {
        done.add(operation);
        assertThat(reply.status()).as(operation + " " + reply.body()).isEqualTo(status);
        assertThat(contract.breaches(operation, reply)).isEmpty();
        return reply;
    }

    @ParameterizedTest
    @CsvSource({
        "ask, question, 4000",
        "ask, selected_text, 8000",
        "ask, page_url, 2048",
        "chat, query, 4000",
        "chat, selected_text, 8000",
        "createConversation, title, 200",
        "renameConversation, title, 200",
        "giveFeedback, comment, 2000"
    })
    void a_text_is_taken_up_to_the_length_that_the_contract_says(String operation, String member, int longest)
            throws IOException {
        try (LecternClient reader = lectern.reader()) {
            String id = reader.converse("pools");
            String question =
                    reader.ask(id, "What is a permit?").json().at("/id").asText();

            JsonNode longestBody = body(operation, member, "é".repeat(longest));
            assertThat(contract.breachesOfRequest(operation, longestBody)).isEmpty();
            assertThat(send(reader, operation, id, question, longestBody).status())
                    .isBetween(200, 201);

            JsonNode tooLong = body(operation, member, "é".repeat(longest + 1));
            assertThat(contract.breachesOfRequest(operation, tooLong)).isNotEmpty();
            assertThat(send(reader, operation, id, question, tooLong).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask | {}",
                "ask | {\"question\": null}",
                "ask | {\"question\": \"\"}",
                "ask | {\"question\": \"What?\", \"colour\": \"blue\"}",
                "chat | {}",
                "chat | {\"query\": 1}",
                "createConversation | {\"title\": \"\"}",
                "renameConversation | {}",
                "renameConversation | {\"title\": null}",
                "giveFeedback | {\"rating\": \"love\"}",
                "giveFeedback | {\"comment\": true}"
            })
    void what_the_contract_forbids_is_refused(String operation, String body) throws IOException {
        try (LecternClient reader = lectern.reader()) {
            String id = reader.converse("pools");
            JsonNode json = JSON.readTree(body);

            assertThat(contract.breachesOfRequest(operation, json)).isNotEmpty();
            assertThat(send(reader, operation, id, id, json).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a-key", "\"a \\\" key\"", "\"\"", "\"open"})
    void a_key_is_taken_where_the_contract_says_so(String key) {
        boolean good = contract.pattern("createConversation", "Idempotency-Key")
                .matcher(key)
                .find();
        try (LecternClient reader = lectern.reader()) {
            assertThat(reader.post("/conversations", "{}", "Idempotency-Key", key)
                            .status())
                    .isEqualTo(good ? 201 : 400);
        }
    }

    private static JsonNode body(String operation, String member, String value) {
        var body = JSON.createObjectNode();
        if (operation.equals("ask")) {
            body.put("question", "What is a permit?");
        }
        if (operation.equals("chat")) {
            body.put("query", "What is a permit?");
        }
        return body.put(member, value);
    }

    private static Reply send(LecternClient reader, String operation, String id, String answer, JsonNode body) {
        String json = body.toString();
        return switch (operation) {
            case "ask" -> reader.post("/conversations/" + id + "/messages", json);
            case "chat" -> reader.post("/chat", json);
            case "createConversation" -> reader.post("/conversations", json);
            case "renameConversation" -> reader.patch("/conversations/" + id, json);
            case "giveFeedback" -> reader.put("/messages/" + answer + "/feedback", json);
            default -> throw new AssertionError(operation);
        };
    }
}
