package dev.lectern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lectern.console.ConfigurationValue;
import dev.lectern.console.ConfigurationValue.Source;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the configuration says, value by value, and where each comes from. Learns it while the configuration is read.
final class ConfigurationInForce {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?<name>\\w+)(:-(?<default>.*))?}");

    private volatile String text = "";
    private volatile JsonNode values = MissingNode.getInstance();

    /// A source that is read before variables are put in.
    ConfigurationSourceProvider reading(ConfigurationSourceProvider source) {
        return path -> {
            try (InputStream file = source.open(path)) {
                byte[] bytes = file.readAllBytes();
                text = new String(bytes, StandardCharsets.UTF_8);
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /// Takes what is in force in the end.
    void take(JsonNode whole) {
        values = whole.deepCopy();
    }

    /// All values, in the file's order, with secrets masked.
    ///
    /// @param variables the value of a variable of the environment, or null
    List<ConfigurationValue> values(UnaryOperator<@Nullable String> variables) {
        List<ConfigurationValue> found = new ArrayList<>();
        walk(values, JsonPointer.empty(), "", written(), variables, found);
        return List.copyOf(found);
    }

    private JsonNode written() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (JsonProcessingException e) {
            // It was read; so a variable stands where it makes no YAML. Then nobody can say what comes from where.
            return MissingNode.getInstance();
        }
    }

    private static void walk(
            JsonNode node,
            JsonPointer place,
            String key,
            JsonNode written,
            UnaryOperator<@Nullable String> variables,
            List<ConfigurationValue> found) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> walk(
                            member.getValue(),
                            place.appendProperty(member.getKey()),
                            key.isEmpty() ? member.getKey() : key + "." + member.getKey(),
                            written,
                            variables,
                            found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), place.appendIndex(i), key + "[" + i + "]", written, variables, found);
            }
        } else if (node.isValueNode()) {
            found.add(value(key, text(node), text(written.at(place)), variables));
        }
    }

    private static ConfigurationValue value(
            String key, String value, String written, UnaryOperator<@Nullable String> variables) {
        String shown = MaskedValue.of(key, value);
        Matcher variable = VARIABLE.matcher(written);
        if (!variable.matches()) {
            return new ConfigurationValue(key, shown, value.equals(written) ? Source.FILE : Source.ENVIRONMENT, null);
        }
        String name = variable.group("name");
        String set = variables.apply(name);
        String expected = set == null || set.isBlank() ? variable.group("default") : set;
        boolean overridden = !value.equals(expected == null ? "" : expected);
        return new ConfigurationValue(
                key,
                shown,
                overridden || (set != null && !set.isBlank()) ? Source.ENVIRONMENT : Source.DEFAULT,
                overridden ? null : name);
    }

    private static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "" : node.asText();
    }
}
