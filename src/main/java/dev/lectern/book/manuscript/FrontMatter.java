package dev.lectern.book.manuscript;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What a page says of itself before its text, or a folder in its `_category_` file.
///
/// @param fields a YAML mapping; Jackson does not expand aliases, so that a few lines cannot grow to gigabytes
/// @param lines how many lines it takes, its marks included
record FrontMatter(JsonNode fields, int lines) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String MARK = "---";
    private static final int LONGEST = 64 << 10;

    static FrontMatter none() {
        return new FrontMatter(YAML.createObjectNode(), 0);
    }

    /// What stands before the text of a page.
    static FrontMatter of(String path, String text) {
        if (!text.startsWith(MARK)
                || !text.lines().findFirst().orElse("").stripTrailing().equals(MARK)) {
            return none();
        }
        int start = text.indexOf('\n') + 1;
        int lines = 1;
        int position = start;
        while (start > 0 && position < text.length() && position < LONGEST) {
            int end = text.indexOf('\n', position);
            String line = text.substring(position, end < 0 ? text.length() : end);
            lines++;
            if (line.stripTrailing().equals(MARK) || line.stripTrailing().equals("...")) {
                JsonNode fields = parse(path, text.substring(start, position), 1);
                return fields.isObject() ? new FrontMatter(fields, lines) : none(fields, lines);
            }
            if (end < 0) {
                break;
            }
            position = end + 1;
        }
        return none();
    }

    /// A file that holds nothing but YAML or JSON.
    static FrontMatter ofFile(String path, String text) {
        JsonNode fields = parse(path, text, 0);
        return fields.isObject() ? new FrontMatter(fields, 0) : none();
    }

    Optional<String> text(String field) {
        JsonNode value = fields.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText().strip())
                : Optional.empty();
    }

    OptionalDouble number(String field) {
        JsonNode value = fields.path(field);
        if (value.isNumber()) {
            return OptionalDouble.of(value.asDouble());
        }
        return value.isTextual() && value.asText().matches("-?\\d{1,9}(\\.\\d{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(value.asText()))
                : OptionalDouble.empty();
    }

    boolean flag(String field) {
        return fields.path(field).asBoolean(false);
    }

    /// Between two marks is either nothing, or a page that begins with a rule across it.
    private static FrontMatter none(JsonNode fields, int lines) {
        return fields.isMissingNode() || fields.isNull() ? new FrontMatter(none().fields, lines) : none();
    }

    private static JsonNode parse(String path, String yaml, int linesBefore) {
        try (JsonParser parser = new TaggedYaml(YAML.createParser(yaml))) {
            @Nullable JsonNode node = YAML.readTree(parser);
            JsonNode fields = node == null ? MissingNode.getInstance() : node;
            refuseUnstorable(path, fields, linesBefore + 1);
            return fields;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new FlawException(new Flaw.BadYaml(path, linesBefore + Math.max(1, line), reason(e)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory
        } catch (FlawException e) {
            throw e;
        } catch (RuntimeException e) { // SnakeYAML's own, where Jackson does not translate them
            throw new FlawException(new Flaw.BadYaml(path, linesBefore + 1, "it cannot be parsed"));
        }
    }

    /// Escapes in quotes can make what the file itself cannot hold.
    private static void refuseUnstorable(String path, JsonNode fields, int line) {
        fields.properties().forEach(field -> {
            if (!StorableText.is(field.getValue().asText())) {
                throw new FlawException(new Flaw.BadYaml(
                        path,
                        line,
                        field.getKey() + " has a zero character or half a surrogate pair, which cannot be stored"));
            }
        });
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        return message == null
                ? "it cannot be parsed"
                : message.lines().findFirst().orElse("").strip();
    }
}
