package dev.lectern.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lectern.problem.Input;
import dev.lectern.testing.LecternClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The contract as a program reads it: says how a body breaks it.
///
/// Of JSON Schema it knows what the contract uses, and fails at the rest. A member that no schema names breaks the
/// contract, too.
///
/// @param named its operations by their ids
record Contract(JsonNode root, Map<String, JsonNode> named) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "enum",
            "oneOf",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "description",
            "minimum",
            "maximum",
            "default");

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    static Contract of(String yaml) throws IOException {
        JsonNode root = YAML.readTree(yaml);
        return new Contract(
                root,
                root.path("paths")
                        .valueStream()
                        .flatMap(JsonNode::valueStream)
                        .collect(Collectors.toUnmodifiableMap(
                                each -> each.path("operationId").asText(), Function.identity())));
    }

    /// The names of all operations.
    Set<String> operations() {
        return new TreeSet<>(named.keySet());
    }

    /// All operations.
    List<ContractOperation> all() {
        return root.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .map(operation -> ContractOperation.of(path.getKey(), operation)))
                .toList();
    }

    /// What a reference stands for; what is none, as it is.
    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /// How an answer breaks it; empty where it does not.
    List<String> breaches(String operation, Reply reply) {
        JsonNode response = operation(operation).at("/responses/" + reply.status());
        String answer = operation + " " + reply.status();
        if (response.isMissingNode()) {
            return List.of(answer + " is not in the contract: " + reply.body());
        }
        List<String> absent = response.path("headers")
                .propertyStream()
                .filter(header -> !isHeader(header.getValue().path("schema"), reply.header(header.getKey())))
                .map(header -> answer + " has no good header " + header.getKey())
                .toList();
        if (!absent.isEmpty()) {
            return absent;
        }
        String type = reply.header("Content-Type");
        JsonNode content = response.at("/content");
        if (content.isMissingNode() && reply.body().isEmpty()) {
            return List.of();
        }
        JsonNode schema = content.path(type == null ? "none" : type.replaceFirst(";.*", ""))
                .path("schema");
        if (schema.isMissingNode()) {
            return List.of(answer + " has a body of the type " + type);
        }
        boolean json = type != null && type.contains("json");
        return breaches(answer, schema, json ? reply.json() : JsonNodeFactory.instance.textNode(reply.body()));
    }

    /// How a request's JSON breaks it; empty where it does not.
    List<String> breachesOfRequest(String operation, JsonNode body) {
        return breaches(
                operation,
                operation(operation)
                        .at("/requestBody/content")
                        .path("application/json")
                        .path("schema"),
                body);
    }

    /// The pattern of a parameter.
    Pattern pattern(String operation, String parameter) {
        for (JsonNode each : operation(operation).at("/parameters")) {
            if (each.at("/name").asText().equals(parameter)) {
                return pattern(each.at("/schema/pattern"));
            }
        }
        throw new AssertionError(operation + " has no parameter " + parameter);
    }

    private static Pattern pattern(JsonNode written) {
        return PATTERNS.computeIfAbsent(written.asText(), Pattern::compile);
    }

    private static boolean isHeader(JsonNode schema, @Nullable String value) {
        return value != null
                && !value.isBlank()
                && (!schema.path("type").asText().equals("integer") || value.matches("\\d+"));
    }

    private JsonNode operation(String name) {
        JsonNode operation = named.get(name);
        if (operation == null) {
            throw new AssertionError("There is no operation " + name);
        }
        return operation;
    }

    private List<String> breaches(String place, JsonNode schema, JsonNode value) {
        if (schema.isMissingNode()) {
            return List.of(place + " is not in the contract: " + value);
        }
        for (String keyword : (Iterable<String>) schema::fieldNames) {
            if (!KNOWN.contains(keyword)) {
                throw new AssertionError(place + ": the check does not know the keyword " + keyword);
            }
        }
        if (schema.has("$ref")) {
            return breaches(place, resolved(schema), value);
        }
        if (schema.has("oneOf")) {
            return one(place, schema.get("oneOf"), value);
        }
        List<String> found = new ArrayList<>();
        if (!types(schema).contains(type(value))) {
            return List.of(place + " is " + type(value) + ", not " + types(schema));
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            found.add(place + " is none of " + schema.get("enum"));
        }
        if (value.isTextual()) {
            found.addAll(ofText(place, schema, value.asText()));
        }
        for (JsonNode required : schema.path("required")) {
            if (value.isObject() && !value.has(required.asText())) {
                found.add(place + " lacks " + required.asText());
            }
        }
        if (value instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> found.addAll(breaches(
                            place + "/" + member.getKey(),
                            schema.path("properties").path(member.getKey()),
                            member.getValue())));
        }
        for (JsonNode item : value.isArray() ? value : MissingNode.getInstance()) {
            found.addAll(breaches(place + "[]", schema.path("items"), item));
        }
        return found;
    }

    private List<String> one(String place, JsonNode schemas, JsonNode value) {
        List<String> found = new ArrayList<>();
        for (JsonNode schema : schemas) {
            List<String> each = breaches(place, schema, value);
            if (each.isEmpty()) {
                return List.of();
            }
            found.addAll(each);
        }
        return found;
    }

    private static List<String> ofText(String place, JsonNode schema, String text) {
        List<String> found = new ArrayList<>();
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)) {
            found.add(place + " is too short");
        }
        if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            found.add(place + " is too long");
        }
        if (schema.has("pattern")
                && !pattern(schema.get("pattern")).matcher(text).find()) {
            found.add(place + " does not match its pattern");
        }
        if (!isOfFormat(schema.path("format").asText(), text)) {
            found.add(place + " is no " + schema.path("format").asText() + ": " + text);
        }
        return found;
    }

    private static boolean isOfFormat(String format, String text) {
        try {
            return switch (format) {
                case "uuid" -> Input.uuid(text).isPresent();
                case "date-time" -> OffsetDateTime.parse(text).getOffset().equals(ZoneOffset.UTC);
                case "uri" -> URI.create(text).isAbsolute();
                default -> true;
            };
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Set<String> types(JsonNode schema) {
        Set<String> types = new TreeSet<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(each -> types.add(each.asText()));
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case POJO, BINARY, MISSING -> throw new AssertionError(value.getNodeType());
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
