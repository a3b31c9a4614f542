package dev.lectern.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An operation of the contract, as requests to it are made.
///
/// @param method in capitals
/// @param path with the names of its parameters in braces
/// @param definition what the contract says of it
record ContractOperation(String id, String method, String path, JsonNode definition) {

    static ContractOperation of(String path, Map.Entry<String, JsonNode> operation) {
        return new ContractOperation(
                operation.getValue().at("/operationId").asText(),
                operation.getKey().toUpperCase(Locale.ROOT),
                path,
                operation.getValue());
    }

    /// The parameters at a place: `path`, `query` or `header`.
    List<JsonNode> parameters(String place) {
        return definition
                .path("parameters")
                .valueStream()
                .filter(each -> each.path("in").asText().equals(place))
                .toList();
    }

    boolean hasParameter(String place, String name) {
        return parameters(place).stream()
                .anyMatch(each -> each.path("name").asText().equals(name));
    }

    /// The media type of its body; empty where it takes none.
    Optional<String> bodyType() {
        return definition
                .at("/requestBody/content")
                .propertyStream()
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether there is anything in its answer when it succeeds.
    boolean hasContent() {
        return definition
                .path("responses")
                .propertyStream()
                .anyMatch(response ->
                        response.getKey().startsWith("2") && response.getValue().has("content"));
    }

    JsonNode bodySchema() {
        return definition.at("/requestBody/content").path("application/json").path("schema");
    }

    /// Whether a caller may be asked for: `reader`, `apiKey`; empty where nobody is.
    Optional<String> security() {
        return definition
                .path("security")
                .valueStream()
                .flatMap(JsonNode::propertyStream)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether it answers those, too, who bear no token.
    boolean isOpen() {
        JsonNode security = definition.path("security");
        return security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty);
    }
}
