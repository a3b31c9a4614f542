package dev.lectern.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `docs/openapi.yaml` is what the resources say, with examples that the running application gave. After a change of
/// either: `mvn verify -Dit.test=OpenApiIT -Dopenapi.write=true`, and look at the difference.
class OpenApiIT {

    private static final Path FILE = Path.of("docs/openapi.yaml");

    @Test
    void the_contract_is_what_the_code_does() throws IOException {
        Exchanges exchanges = new Exchanges();
        String served;
        try (LecternServer lectern = LecternServer.start(
                "postgresql://postgres:postgres@127.0.0.1:" + TestPostgres.port() + "/" + TestPostgres.freshDatabase(),
                Map.of())) {
            exchanges.keep("importBook", 201, lectern.importBook("handbook", Map.of("01-permits.md", """
                                    # Permits

                                    A permit is the right to use one connection. A request waits for a permit before it borrows one.
                                    """)));
            talk(lectern, exchanges);
            served = lectern.reader().get("/openapi.yaml").body();
        }
        OpenAPI api = ContractReader.read();
        String contract = ContractWriter.yaml(api, exchanges.examples());

        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(FILE, contract);
        }
        assertThat(Files.readString(FILE)).isEqualTo(contract);
        assertThat(Boolean.getBoolean("openapi.write") || served.equals(contract))
                .as("what is served")
                .isTrue();
    }

    private static void talk(LecternServer lectern, Exchanges exchanges) {
        try (LecternClient reader = new LecternClient(lectern.url())) {
            exchanges.keep("listConversations", 401, reader.get("/conversations"));
            exchanges.keep("createReader", 201, reader.post("/readers", "{}"));
            reader.register();
            exchanges.keep("listBooks", 200, reader.get("/books"));
            exchanges.keep("readBook", 200, reader.get("/books/handbook"));
            exchanges.keep("readBook", 404, reader.get("/books/nothing"));
            exchanges.keep("readChapter", 200, reader.get("/books/handbook/chapters/permits"));
            exchanges.keep("search", 200, reader.get("/search?q=permit&book=handbook&limit=1"));
            exchanges.keep("search", 400, reader.get("/search?q="));
            converse(reader, exchanges);
            String chat = exchanges.body("chat", "{\"query\": \"What is a permit?\", \"book_id\": \"handbook\"}");
            exchanges.keep("chat", 200, reader.post("/chat", chat));
            exchanges.keep("chat", 401, reader.bearing("forged").post("/chat", "{\"query\": \"What is a permit?\"}"));
        }
    }

    private static void converse(LecternClient reader, Exchanges exchanges) {
        String id = exchanges
                .keep(
                        "createConversation",
                        201,
                        reader.post("/conversations", exchanges.body("createConversation", "{\"book\": \"handbook\"}")))
                .json()
                .at("/id")
                .asText();
        String messages = "/conversations/" + id + "/messages";
        String question = exchanges.body("ask", "{\"question\": \"What is a permit?\"}");
        JsonNode answer = exchanges
                .keep("ask", 200, reader.post(messages, question, "Idempotency-Key", "a-key"))
                .json();
        exchanges.keep(
                "ask", 422, reader.post(messages, "{\"question\": \"And a pool?\"}", "Idempotency-Key", "a-key"));
        exchanges.keep("ask", 400, reader.post(messages, "{\"question\": \"\"}"));
        exchanges.keep(
                "giveFeedback",
                200,
                reader.put(
                        "/messages/" + answer.at("/id").asText() + "/feedback",
                        exchanges.body("giveFeedback", "{\"rating\": \"like\", \"comment\": \"Just so.\"}")));
        exchanges.keep("listMessages", 200, reader.get(messages));
        exchanges.keep("listConversations", 200, reader.get("/conversations"));
        exchanges.keep("readConversation", 200, reader.get("/conversations/" + id));
        exchanges.keep(
                "renameConversation",
                200,
                reader.patch("/conversations/" + id, exchanges.body("renameConversation", "{\"title\": \"Permits\"}")));
        exchanges.keep("stopAnswer", 404, reader.post(messages + "/" + id + "/stop", "{}"));
        exchanges.keep("exportReader", 200, reader.get("/readers/me/export"));
        exchanges.keep("deleteConversation", 204, reader.delete("/conversations/" + id));
        exchanges.keep("deleteReader", 204, reader.delete("/readers/me"));
    }
}
