package dev.lectern.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.openapi.Draft.Field;
import dev.lectern.openapi.Draft.Outlook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes requests that succeed by the contract.
record ValidDrafts(Contract contract, Chance chance) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What the contract says in words only, or what must be there already.
    private static final Map<String, String> MEANINGS = Map.of(
            "book", "@{book}",
            "book_id", "@{book}",
            "session_id", "@{conversation}",
            "page_url", "/pools#permits",
            "chapter", "@{chapter}",
            "message", "@{running}",
            "base_url", "https://books.example/pools");

    Draft of(ContractOperation operation) {
        // To nobody, the reader's conversation is another's.
        boolean anonymous = operation.isOpen()
                && !operation.id().equals("deleteChat")
                && (operation.security().isEmpty() || chance.once(2));
        Draft draft = new Draft(
                operation, operation.method(), path(operation), query(operation), List.of(), null, Outlook.SUCCESS);
        if (!anonymous) {
            draft = draft.withHeader("Authorization", "Bearer " + bearer(operation));
        }
        if (operation.hasParameter("header", "Idempotency-Key") && chance.once(2)) {
            // Where nobody says who asks, the key itself does, and must be hard to guess.
            draft = draft.withHeader(
                    "Idempotency-Key", anonymous ? chance.uuid().toString() : key());
        }
        if (operation.id().equals("ask") && chance.once(3)) {
            draft = draft.withHeader("Accept", "text/event-stream");
            draft = chance.once(2) ? draft.withHeader("Last-Event-ID", "@{answer}:" + chance.between(0, 30)) : draft;
        }
        return operation.bodyType().isPresent() ? withBody(draft, operation) : withoutBody(draft);
    }

    private Draft withBody(Draft draft, ContractOperation operation) {
        String type = operation.bodyType().orElseThrow();
        String body = type.equals("application/json")
                ? Draft.bytes(json(operation.bodySchema()).toString())
                : archive();
        return draft.withHeader("Content-Type", type).withBody(body);
    }

    private static Draft withoutBody(Draft draft) {
        return draft.method().equals("POST") ? draft.withBody("") : draft;
    }

    private String bearer(ContractOperation operation) {
        boolean ofBooks = operation.security().orElseThrow().equals("apiKey");
        return ofBooks ? chance.of("@{operator-key}", "@{books-key}") : "@{token}";
    }

    private String key() {
        String letters = chance.ascii(chance.once(6) ? 60 : 20).replaceAll("[\"\\\\]", "x");
        return chance.once(3) ? "\"" + letters + " \\\" \\\\\"" : "k" + letters + " k";
    }

    private Map<String, String> path(ContractOperation operation) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode parameter : operation.parameters("path")) {
            String name = parameter.path("name").asText();
            String value = switch (operation.id()) {
                case "giveFeedback" -> "@{answer}";
                case "importBook" -> chance.of("leases", "permits", "a-0");
                default -> MEANINGS.getOrDefault(name, "@{conversation}");
            };
            values.put(name, value);
        }
        return values;
    }

    private List<Field> query(ContractOperation operation) {
        List<Field> query = new ArrayList<>();
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.path("name").asText();
            if (parameter.path("required").asBoolean() || chance.once(2)) {
                String value = name.equals("cursor")
                        ? "@{cursor-" + operation.id() + "}"
                        : encoded(value(name, parameter.path("schema")).asText());
                query.add(new Field(name, value));
            }
        }
        return query;
    }

    private static String encoded(String text) {
        return text.startsWith("@{") ? text : URLEncoder.encode(text, UTF_8);
    }

    /// An object of a schema.
    private ObjectNode json(JsonNode schema) {
        JsonNode resolved = contract.resolved(schema);
        List<String> required =
                resolved.path("required").valueStream().map(JsonNode::asText).toList();
        ObjectNode object = JSON.objectNode();
        resolved.path("properties").propertyStream().forEach(member -> {
            if (required.contains(member.getKey()) || chance.once(2)) {
                object.set(member.getKey(), value(member.getKey(), member.getValue()));
            }
        });
        return object;
    }

    private JsonNode value(String name, JsonNode schema) {
        JsonNode types = schema.path("type");
        if (types.isArray() && chance.once(3)) {
            return JSON.nullNode();
        }
        String type = types.isArray() ? types.path(0).asText() : types.asText();
        return switch (type) {
            case "integer" ->
                JSON.numberNode(chance.between(
                        schema.path("minimum").asInt(), schema.path("maximum").asInt()));
            case "string" ->
                schema.has("enum")
                        ? schema.path("enum").path(chance.between(0, 1))
                        : JSON.textNode(MEANINGS.getOrDefault(
                                name, chance.text(schema.path("maxLength").asInt(100))));
            default -> throw new AssertionError(name + " is a " + type + ", which the test cannot make");
        };
    }

    private String archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.md"));
            zip.write(("# Leases\n\nA lease is a claim that ends.\n\n"
                            + chance.text(60).replaceAll("\\p{Cntrl}", " "))
                    .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(ISO_8859_1);
    }
}
