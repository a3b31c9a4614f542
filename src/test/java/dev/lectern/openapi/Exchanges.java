package dev.lectern.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.testing.LecternClient.Reply;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Requests that were made and what came back, as examples for the contract: whatever differs from run to run is
/// replaced by something that does not.
final class Exchanges {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");

    private final Map<String, Map<String, JsonNode>> examples = new TreeMap<>();
    private final Map<String, String> ids = new HashMap<>();

    /// Keeps an answer as the example of its operation and status, and gives it back.
    Reply keep(String operation, int status, Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (!reply.body().isEmpty()) {
            put(operation, Integer.toString(status), reply.json());
        }
        return reply;
    }

    /// Keeps a request's body as an example, and gives it back.
    String body(String operation, String json) {
        try {
            put(operation, "request", JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return json;
    }

    Map<String, Map<String, JsonNode>> examples() {
        return examples;
    }

    private void put(String operation, String place, JsonNode json) {
        examples.computeIfAbsent(operation, name -> new LinkedHashMap<>()).put(place, steady("", json));
    }

    private JsonNode steady(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> copy.set(member.getKey(), steady(member.getKey(), member.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(steady(name, element)));
            return copy;
        }
        return switch (name) {
            case "token" -> text("eyJhbGciOiJIUzI1NiJ9.…");
            case "next_cursor" -> value.isNull() ? value : text("AZq8…");
            case "score", "relevance_score" -> JsonNodeFactory.instance.numberNode(0.9);
            case "seconds" -> JsonNodeFactory.instance.numberNode(0.5);
            case "passages_per_second" -> JsonNodeFactory.instance.numberNode(120.0);
            case "retrieval_ms", "backend_ms" -> JsonNodeFactory.instance.numberNode(6);
            case "first_token_ms" -> JsonNodeFactory.instance.numberNode(8);
            case "total_ms" -> JsonNodeFactory.instance.numberNode(9);
            default -> value.isTextual() ? steadyText(value) : value;
        };
    }

    private JsonNode steadyText(JsonNode value) {
        String text = value.asText();
        if (TIME.matcher(text).matches()) {
            return text("2026-11-23T09:00:00Z");
        }
        return text(UUID.matcher(text)
                .replaceAll(found -> ids.computeIfAbsent(
                        found.group(), each -> "019ab000-0000-7000-8000-%012d".formatted(ids.size() + 1))));
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
